"""The tables of numbering plans that libphonenumber lacks. Data only: dialling.py applies it.

Sources: ACMA's Numbering Plan 2015 (Australia), ITU-T E.164 Annex (satellite networks), Ofcom's 070 rules.
"""

import re

# Every region that libphonenumber plans numbers for; a test compares it with the library's own list. It is
# written out so that settings can be checked without loading the library.
REGIONS = frozenset(
    """
    AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG
    EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR
    LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF
    NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD
    SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW
    TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()  # noqa: SIM905  (245 codes read better as words than as a list)
)

AUSTRALIA = 61
AUSTRALIAN_AREAS = {"2": "NSW/ACT", "3": "VIC/TAS", "7": "QLD", "8": "SA/WA/NT"}  # by the digit after the 0
AUSTRALIAN_AREA_CODES = frozenset("0" + digit for digit in AUSTRALIAN_AREAS)
AUSTRALIAN_WHOLE = re.compile(r"0[1-9]\d{8}|1\d{9}|13\d{4}|180\d{4}")  # of services not yet in the library
AUSTRALIAN_LOCAL = re.compile(r"[2-9]\d{7}")  # a subscriber number without its area code

# Short codes that people dial in Australia and that cost more than a call; all others are charged as calls.
AUSTRALIAN_SHORT_CODES = {
    "1100": "Before You Dig Australia",
    "1194": "Time",
    "1196": "Weather",
    "1223": "Directory assistance",
    "1225": "International directory assistance",
    "1234": "Sensis",
    "12455": "Call connection",
    "12456": "Call connection",
}

# Emergency numbers that networks of every region know, whatever the library's table of the region says.
EMERGENCY_EVERYWHERE = frozenset({"000", "112"})

# Short numbers whose minutes cost euros or dollars, by calling code: information and call connection in
# Australia, directory enquiries elsewhere. The library has a price for few of them.
_DIRECTORY_ENQUIRIES = re.compile(r"118\d{2,3}")
PREMIUM_SHORT_NUMBERS = {
    AUSTRALIA: re.compile(r"1234|12[34]\d\d|124\d{3}"),
    1: re.compile(r"411"),
    **dict.fromkeys((30, 31, 32, 33, 34, 39, 43, 44, 45, 46, 48, 49, 351, 353, 358), _DIRECTORY_ENQUIRIES),
}

# What libphonenumber calls mobile, voip or valid, but a bill calls otherwise: calling code, first digits.
SATELLITE_CALLING_CODES = frozenset({870, 881, 882, 883})  # Inmarsat, other satellite and shared networks
SATELLITE_PREFIXES = {AUSTRALIA: ("14",)}  # 014x: satellite services of the Australian plan
PREMIUM_PREFIXES = {AUSTRALIA: ("190", "191", "193", "194", "195", "196", "197", "199"), 44: ("70",)}
PREMIUM_EXCHANGES = {1: re.compile(r"(\d{3})?976\d{4}")}  # pay-per-call in any area code of North America

# Regions that share a calling code but bill calls between them as international.
CALLING_CODES_OF_APART_COUNTRIES = frozenset({1, 7})

# What a phone word may follow in the national form of a calling code, and all digits of such a number.
WORD_NUMBERS = {
    AUSTRALIA: {"1300": 10, "1800": 10, "13": 6},
    1: dict.fromkeys(("800", "833", "844", "855", "866", "877", "888"), 10),
}
