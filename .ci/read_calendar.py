"""Reads a calendar by icalendar and holds it against the JSON beside it: read_calendar.py PATH-WITHOUT-ENDING"""

import json
import sys
import warnings
from datetime import date, timedelta

from icalendar import Calendar

# Whatever it finds strange about the file ends this.
warnings.simplefilter("error")
path = sys.argv[1]
with open(path + ".ics", "rb") as file:
    content = file.read()
calendar = Calendar.from_ical(content)
assert not calendar.errors, calendar.errors
events = list(calendar.walk("VEVENT"))
assert not any(event.errors for event in events), [event.errors for event in events]
with open(path + ".json", encoding="utf-8") as file:
    duties = json.load(file)["duties"]
days = [event["DTSTART"].dt for event in events]
assert days == [date.fromisoformat(duty["date"]) for duty in duties], days
assert all(event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1) for event in events)
assert len({str(event["UID"]) for event in events}) == len(events)
assert all(str(event["SUMMARY"]) and str(event["DESCRIPTION"]) for event in events)
again = Calendar.from_ical(calendar.to_ical())
assert [str(event["SUMMARY"]) for event in again.walk("VEVENT")] == [str(event["SUMMARY"]) for event in events]
print(f"{path.rsplit('/', 1)[-1]}.ics: {len(events)} events")
