from django.urls import URLPattern, URLResolver, path

from headway.solutions.views import (
    amendments,
    ballots,
    barriers,
    judging,
    money,
    outcomes,
    records,
    votes,
    work,
)

app_name = "solutions"


def _below(route: str) -> str:
    return f"i/<slug:slug>/recommendations/{route}"


WORK: list[URLPattern] = [
    path(_below(""), work.home, name="home"),
    path(_below("list/"), work.solutions, name="solutions"),
    path(_below("list/export.csv"), work.solutions_csv, name="solutions_csv"),
    path(_below("new/"), work.bring_idea, name="bring_idea"),
    path(_below("similar/<slug:kind>/"), work.similar, name="similar"),
    path(_below("<uuid:record_id>/"), work.solution, name="solution"),
    path(_below("<uuid:record_id>/edit/"), work.edit_solution, name="edit_solution"),
    path(_below("<uuid:record_id>/draft/"), work.start_recommendation, name="start_recommendation"),
    path(_below("<uuid:record_id>/move/"), work.move_solution, name="move_solution"),
    path(_below("<uuid:record_id>/owner/"), work.name_owner, name="name_owner"),
    path(_below("<uuid:record_id>/authors/"), work.credit_authors, name="credit_authors"),
    path(_below("authors/<uuid:author_id>/end/"), work.end_authorship, name="end_authorship"),
    path(_below("records/<uuid:record_id>/withdraw/"), records.withdraw, name="withdraw"),
    path(_below("records/<uuid:record_id>/source/"), records.cite, name="cite"),
]
CHANGES: list[URLPattern] = [
    path(_below("changes/"), amendments.amendments, name="amendments"),
    path(_below("changes/export.csv"), amendments.amendments_csv, name="amendments_csv"),
    path(_below("changes/<uuid:record_id>/"), amendments.amendment, name="amendment"),
    path(
        _below("changes/<uuid:record_id>/accept/"), amendments.accept_change, name="accept_change"
    ),
    path(
        _below("changes/<uuid:record_id>/refuse/"), amendments.refuse_change, name="refuse_change"
    ),
    path(
        _below("changes/<uuid:record_id>/idea/"), amendments.promote_change, name="promote_change"
    ),
    path(
        _below("<uuid:record_id>/suggest/<slug:field>/"),
        amendments.suggest_change,
        name="suggest_change",
    ),
    path(
        _below("<uuid:record_id>/suggestions/close/"),
        amendments.close_suggestions,
        name="close_suggestions",
    ),
    path(
        _below("<uuid:record_id>/suggestions/open/"),
        amendments.reopen_suggestions,
        name="reopen_suggestions",
    ),
]
BESIDE: list[URLPattern] = [
    path(_below("in-the-way/"), barriers.barriers, name="barriers"),
    path(_below("in-the-way/export.csv"), barriers.barriers_csv, name="barriers_csv"),
    path(_below("in-the-way/new/"), barriers.add_barrier, name="add_barrier"),
    path(_below("in-the-way/<uuid:record_id>/"), barriers.barrier, name="barrier"),
    path(_below("in-the-way/<uuid:record_id>/edit/"), barriers.edit_barrier, name="edit_barrier"),
    path(_below("in-the-way/<uuid:record_id>/answer/"), barriers.move_barrier, name="move_barrier"),
    path(
        _below("<uuid:record_id>/in-the-way/new/"), barriers.add_barrier_to, name="add_barrier_to"
    ),
    path(_below("money/"), money.all_funding, name="all_funding"),
    path(_below("money/export.csv"), money.all_funding_csv, name="all_funding_csv"),
    path(_below("money/<uuid:record_id>/"), money.funding, name="funding"),
    path(_below("money/<uuid:record_id>/edit/"), money.edit_funding, name="edit_funding"),
    path(_below("<uuid:record_id>/money/new/"), money.add_funding, name="add_funding"),
    path(_below("interests/"), judging.interests, name="interests"),
    path(_below("interests/export.csv"), judging.interests_csv, name="interests_csv"),
    path(_below("interests/<uuid:record_id>/"), judging.interest, name="interest"),
    path(_below("interests/<uuid:record_id>/edit/"), judging.edit_interest, name="edit_interest"),
    path(
        _below("<uuid:record_id>/interests/new/"), judging.declare_interest, name="declare_interest"
    ),
    path(_below("criteria/"), judging.criteria, name="criteria"),
    path(_below("criteria/export.csv"), judging.scores_csv, name="scores_csv"),
    path(_below("criteria/new/"), judging.add_criterion, name="add_criterion"),
    path(_below("criteria/<uuid:record_id>/"), judging.criterion, name="criterion"),
    path(_below("criteria/<uuid:record_id>/edit/"), judging.edit_criterion, name="edit_criterion"),
    path(_below("<uuid:record_id>/judge/"), judging.score, name="score"),
]
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
urlpatterns: list[URLPattern | URLResolver] = [*WORK, *CHANGES, *BESIDE, *VOTES]
