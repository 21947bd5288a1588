"""Calls as the journal records them, for its tests and the processes that these start."""

from dataclasses import replace

from native_host.call_records import CallRecord

SYDNEY = CallRecord(
    attempt="",
    destination="0299998888",
    phone="101",
    display="(02) 9999 8888",
    kind="fixed_line",
    country="AU",
    risk="none",
    international=False,
    history="30_days",
    private=False,
)
LONDON = replace(
    SYDNEY, destination="0011442079460018", country="GB", risk="international", international=True
)
