"""The roster and the day of the meeting that the lines of the tests were written for."""

from datetime import date

from headway.forums.formats.notes import (
    KnownOrganisation,
    KnownPerson,
    KnownPost,
    Meeting,
    Roster,
)

ORGANISATIONS = """
county|Hennepin County|the County
city|City of Minneapolis|the City
oeh|Minneapolis/Hennepin County Office to End Homelessness|OEH, Office to End Homelessness
board|Hennepin County Board of Commissioners|County Board
council|Minneapolis City Council|City Council
hsphd|Hennepin County Human Services and Public Health Department|HSPHD
mpd|Minneapolis Police Department|MPD
mhfa|Minnesota Housing Finance Agency|Minnesota Housing
umn|University of Minnesota|U of M
mdc|Minneapolis Downtown Council|Downtown Council
dceh|Downtown Congregations to End Homelessness|
plymouth|Plymouth Congregational Church|
salvation|The Salvation Army|
cc|Catholic Charities of St. Paul and Minneapolis|
ststephens|St. Stephen's Human Services|
youthlink|YouthLink|
bridge|The Bridge (for youth)|
link|The Link|
simpson|Simpson Housing Services|
goodwill|Goodwill/Easter Seals Minnesota|
fhf|Family Housing Fund|
bremer|Bremer Foundation|
wilder|Wilder Foundation|
ica|Institute for Community Alliances|
psp|People Serving People|
macv|Minnesota Assistance Council for Veterans (MACV)|
beacon|Beacon Interfaith Housing Collaborative|
commsol|Community Solutions|
aeon|Aeon|
avivo|Avivo|
ppl|Project for Pride in Living|
hands|Hands On Twin Cities|
mdva|Minnesota Department of Veterans Affairs|MDVA
"""
PEOPLE = """
mlopez|Maria Lopez|ststephens
mjensen|Maria Jensen|county
tbecker|Tom Becker|city
dwalker|Denise Walker|oeh
areed|Alan Reed|simpson
gkim|Grace Kim|youthlink
poneill|Peter O'Neill|mdc
yali|Yusuf Ali|psp
rcarlson|Ruth Ann Carlson|plymouth
snguyen|Sam Nguyen|ica
lthao|Linda Thao|county
jramirez|José Ramírez|cc
kolson|Kate Olson|fhf
jdahl|Jim Dahl|mpd
pshah|Priya Shah|umn
annaberg|Anna Berg|avivo
andersberg|Anders Berg|aeon
"""
POSTS = """
administrator|County Administrator|county|lthao
coordinator|Coordinator|oeh|dwalker
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.split("\n") if line]


ROSTER = Roster(
    organisations=tuple(
        KnownOrganisation(key, name, tuple(each for each in others.split(", ") if each))
        for key, name, others in _rows(ORGANISATIONS)
    ),
    people=tuple(KnownPerson(key, name, (where,)) for key, name, where in _rows(PEOPLE)),
    posts=tuple(KnownPost(*row) for row in _rows(POSTS)),
)
MEETING = Meeting(date(2026, 3, 12), next_on=date(2026, 4, 9))
