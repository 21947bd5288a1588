"""A stand-in for MaxoTel's API on a real socket: answers as documented, or misbehaves when told to."""

from tests.maxo_stand_in.behaviour import Behaviour, Kind
from tests.maxo_stand_in.received import ReceivedRequest
from tests.maxo_stand_in.server import StandIn

__all__ = ["Behaviour", "Kind", "ReceivedRequest", "StandIn"]
