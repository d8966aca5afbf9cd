"""Incidents: what was reported, what is done and said about it, and what the desk keeps for itself."""

from incidents.models.casework import LONGEST_TASK, Message, Task, Unmasking
from incidents.models.desk import PublicReport, ReturnKey, SavedView
from incidents.models.incident import LONGEST_PLATFORM, Draft, Incident, Involvement

__all__ = [
    "LONGEST_PLATFORM",
    "LONGEST_TASK",
    "Draft",
    "Incident",
    "Involvement",
    "Message",
    "PublicReport",
    "ReturnKey",
    "SavedView",
    "Task",
    "Unmasking",
]
