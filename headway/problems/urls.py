from django.urls import URLPattern, path

from headway.problems.views import direction, facets, facts, framings, records, start

app_name = "problems"


def _below(route: str) -> str:
    return f"i/<slug:slug>/problem/{route}"


START: list[URLPattern] = [
    path(_below(""), start.home, name="home"),
    path(_below("statement/new/"), start.state_problem, name="state_problem"),
    path(_below("statement/<uuid:record_id>/"), start.statement, name="statement"),
    path(_below("statement/<uuid:record_id>/edit/"), start.edit_statement, name="edit_statement"),
    path(_below("affected/new/"), start.add_group, name="add_group"),
    path(_below("affected/<uuid:record_id>/"), start.group, name="group"),
    path(_below("affected/<uuid:record_id>/edit/"), start.edit_group, name="edit_group"),
    path(_below("starting-points/new/"), start.add_baseline, name="add_baseline"),
    path(_below("starting-points/<uuid:record_id>/"), start.baseline, name="baseline"),
    path(
        _below("starting-points/<uuid:record_id>/edit/"), start.edit_baseline, name="edit_baseline"
    ),
]
FRAMINGS: list[URLPattern] = [
    path(_below("views/"), framings.framings, name="framings"),
    path(_below("views/new/"), framings.add_framing, name="add_framing"),
    path(_below("views/<uuid:record_id>/"), framings.framing, name="framing"),
    path(_below("views/<uuid:record_id>/edit/"), framings.edit_framing, name="edit_framing"),
    path(_below("views/<uuid:record_id>/adopt/"), framings.adopt, name="adopt"),
    path(_below("views/<uuid:record_id>/set-aside/"), framings.set_aside, name="set_aside"),
]
FACTS: list[URLPattern] = [
    path(_below("facts/"), facts.facts, name="facts"),
    path(_below("facts/export.csv"), facts.facts_csv, name="facts_csv"),
    path(_below("facts/new/"), facts.add_fact, name="add_fact"),
    path(_below("facts/<uuid:record_id>/"), facts.fact, name="fact"),
    path(_below("facts/<uuid:record_id>/edit/"), facts.edit_fact, name="edit_fact"),
    path(_below("facts/<uuid:record_id>/say/"), facts.take_stance, name="take_stance"),
]
FACETS: list[URLPattern] = [
    path(_below("parts/"), facets.facets, name="facets"),
    path(_below("parts/export.csv"), facets.facets_csv, name="facets_csv"),
    path(_below("parts/new/"), facets.add_facet, name="add_facet"),
    path(_below("parts/<uuid:record_id>/"), facets.facet, name="facet"),
    path(_below("parts/<uuid:record_id>/edit/"), facets.edit_facet, name="edit_facet"),
    path(_below("parts/<uuid:record_id>/who/"), facets.hold_facet, name="hold_facet"),
    path(_below("parts/who/<uuid:holder_id>/end/"), facets.release_facet, name="release_facet"),
]
DIRECTION: list[URLPattern] = [
    path(_below("vision/"), direction.vision, name="vision"),
    path(_below("vision/new/"), direction.add_vision_line, name="add_vision_line"),
    path(_below("vision/<uuid:record_id>/"), direction.vision_line, name="vision_line"),
    path(
        _below("vision/<uuid:record_id>/edit/"), direction.edit_vision_line, name="edit_vision_line"
    ),
    path(
        _below("vision/<uuid:record_id>/move/"), direction.move_vision_line, name="move_vision_line"
    ),
    path(_below("efforts/"), direction.efforts, name="efforts"),
    path(_below("efforts/export.csv"), direction.efforts_csv, name="efforts_csv"),
    path(_below("efforts/new/"), direction.add_effort, name="add_effort"),
    path(_below("efforts/<uuid:record_id>/"), direction.effort, name="effort"),
    path(_below("efforts/<uuid:record_id>/edit/"), direction.edit_effort, name="edit_effort"),
    path(_below("efforts/<uuid:record_id>/turn/"), direction.turn_effort, name="turn_effort"),
]
RECORDS: list[URLPattern] = [
    path(_below("records/<uuid:record_id>/withdraw/"), records.withdraw, name="withdraw"),
    path(_below("records/<uuid:record_id>/source/"), records.cite, name="cite"),
    path(
        _below("sources/<uuid:citation_id>/remove/"),
        records.withdraw_citation,
        name="withdraw_citation",
    ),
    path(_below("similar/<slug:kind>/"), records.similar, name="similar"),
]
urlpatterns = [*START, *FRAMINGS, *FACTS, *FACETS, *DIRECTION, *RECORDS]
