from django.urls import URLPattern, URLResolver, path

from headway.solutions.views import ballots, outcomes, votes

app_name = "solutions"


def _below(route: str) -> str:
    return f"i/<slug:slug>/recommendations/{route}"


VOTES: list[URLPattern] = [
    path(_below("votes/"), ballots.ballots, name="ballots"),
    path(_below("votes/export.csv"), ballots.ballots_csv, name="ballots_csv"),
    path(_below("votes/new/"), ballots.prepare_ballot, name="prepare_ballot"),
    path(_below("votes/ways/"), ballots.ways_to_vote, name="ways_to_vote"),
    path(_below("votes/<uuid:record_id>/"), ballots.ballot, name="ballot"),
    path(_below("votes/<uuid:record_id>/edit/"), ballots.edit_ballot, name="edit_ballot"),
    path(_below("votes/<uuid:record_id>/open/"), ballots.open_ballot, name="open_ballot"),
    path(_below("votes/<uuid:record_id>/close/"), ballots.close_ballot, name="close_ballot"),
    path(_below("votes/<uuid:record_id>/votes.csv"), ballots.recount_csv, name="recount_csv"),
    path(_below("votes/<uuid:record_id>/vote/"), votes.vote, name="vote"),
    path(_below("votes/<uuid:record_id>/stand-in/"), votes.stand_in, name="stand_in"),
    path(_below("votes/<uuid:record_id>/recuse/"), votes.recuse, name="recuse"),
    path(_below("objections/<uuid:record_id>/"), outcomes.objection, name="objection"),
    path(
        _below("objections/<uuid:record_id>/settle/"),
        outcomes.answer_objection,
        name="answer_objection",
    ),
    path(_below("decided/"), outcomes.outcomes, name="outcomes"),
    path(_below("decided/export.csv"), outcomes.outcomes_csv, name="outcomes_csv"),
    path(_below("decided/new/"), outcomes.record_outcome, name="record_outcome"),
    path(_below("decided/<uuid:record_id>/"), outcomes.outcome, name="outcome"),
    path(_below("decided/<uuid:record_id>/edit/"), outcomes.edit_outcome, name="edit_outcome"),
    path(
        _below("decided/<uuid:record_id>/review/"), outcomes.review_outcome, name="review_outcome"
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [*VOTES]
