"""Practices for carrying it through: expectations, small wins, judging, telling."""

from django.utils.translation import gettext_lazy as _

from headway.diagnosis.queries.practices.shape import Practice, PracticeStep

CARRYING = (
    Practice(
        key="expectations",
        stage="carrying",
        title=_("Manage expectations of process and results"),
        why=_(
            "Trust grows when small expectations are stated and met, and breaks on large ones"
            " that nobody stated. People also want to know how things will go, not only what "
            "will come out."
        ),
        when=_("After the plan is agreed, and each time something is late."),
        who=_("Partners, and whoever was told to wait."),
        time=_("One hour."),
        writes=_("Promises with their days, and what is said to those who wait."),
        steps=(
            PracticeStep(
                key="promised",
                ask=_("What is promised, by whom, and by when?"),
                how=_(
                    "Write one promise at a time, as small as can be kept. Come back for the "
                    "next one."
                ),
                example=_("Each shelter names one person to call, by Friday"),
                writes="promise",
            ),
            PracticeStep(
                key="not",
                ask=_("What will not happen, and whom do we tell?"),
                how=_(
                    "Say plainly what does not come, or not this year, and who tells those "
                    "who hope for it."
                ),
                example=_("No new building before 2028; the director tells the neighbors"),
            ),
            PracticeStep(
                key="unheard",
                ask=_("Who feels unheard, and who goes to them?"),
                how=_("Name whom you have not heard for a month. Log the call and what was said."),
                example=_("Called the business association: they learned of it from the paper"),
                writes="contact",
            ),
            PracticeStep(
                key="celebrate",
                ask=_("What do we celebrate next, even if it is small?"),
                how=_(
                    "Name the next thing that can go well, and how those who did it are thanked."
                ),
                example=_("The hundredth family: cake at the county service center"),
            ),
        ),
        pitfalls=(
            _("A date because a date was asked for."),
            _("Good news only: people learn to divide by two."),
            _("Waiting until it is perfect before telling anybody."),
        ),
        sources=(
            (
                "Siv Vangen and Chris Huxham, “Nurturing Collaborative Relations: Building Trust "
                "in Interorganizational Collaboration”, Journal of Applied Behavioral Science 39 "
                "(2003)"
            ),
        ),
    ),
    Practice(
        key="small-win",
        stage="carrying",
        title=_("Find a small win"),
        why=_(
            "A small result, soon and visible, does more for trust than a large plan. It "
            "shows who delivers, it teaches, and it is cheap if it fails."
        ),
        when=_("When nothing has come out for two months, or partners begin to send deputies."),
        who=_("Two or three partners who could do it without asking anybody."),
        time=_("Half an hour to find it, at most sixty days to do it."),
        writes=_("A promise due within sixty days, with what would show that it is kept."),
        steps=(
            PracticeStep(
                key="candidates",
                ask=_(
                    "What can be done in sixty days, without new money and without asking anybody?"
                ),
                how=_(
                    "Write down what comes, then strike what needs a permit, a budget or a "
                    "third partner’s yes."
                ),
                example=_("Put both waiting lists on one sheet of paper each Monday"),
            ),
            PracticeStep(
                key="win",
                ask=_("Who does it, by when, and what would show it?"),
                how=_(
                    "Choose one. Name the organization, a day within sixty days, and what "
                    "somebody could see then."
                ),
                example=_("St. Stephen’s: one list on Monday, May 4; the list itself shows it"),
                writes="small_win",
            ),
            PracticeStep(
                key="tell",
                ask=_("Who should hear of it when it is done?"),
                how=_("Name those who doubted, and who tells them."),
                example=_("The deputy administrator, by the shelter director"),
            ),
        ),
        pitfalls=(
            _("A small win that is a meeting."),
            _("Choosing what would have happened anyway."),
            _("Stopping there: say what the next one is."),
        ),
        sources=(
            "Karl E. Weick, “Small Wins”, American Psychologist 39 (1984)",
            (
                "Chris Ansell and Alison Gash, “Collaborative Governance in Theory and Practice”,"
                " Journal of Public Administration Research and Theory 18 (2008)"
            ),
        ),
    ),
    Practice(
        key="judge",
        stage="carrying",
        title=_("Judge as you go"),
        why=_(
            "Plans meet the world and change. Partners who look every few months, with agreed"
            " questions and without blame, stop what does not work while it is still cheap, "
            "and can show why they went on."
        ),
        when=_("At the end of each test or pilot, each half year, and after each surprise."),
        who=_(
            "Those who did the work and those for whom it was done, led by somebody who did "
            "neither."
        ),
        time=_("Ninety minutes."),
        writes=_("Lessons, and a decision to stop, change or go further, with its reasons."),
        steps=(
            PracticeStep(
                key="worked",
                ask=_("Did it work, for whom, and at what cost?"),
                how=_(
                    "Bring the measure, one story, and what it cost in money and patience. "
                    "Say for whom it did not work."
                ),
                example=_(
                    "Forty of fifty kept their homes; none of the six who left the hospital did"
                ),
            ),
            PracticeStep(
                key="review",
                ask=_("Why did it come out otherwise than expected?"),
                how=_(
                    "Open a learning review for what was surprising: what did we expect, what"
                    " happened, why the difference, what do we learn. Its raw notes stay with"
                    " those who took part."
                ),
                example=_("We expected landlords to wait for two weeks; they waited for two days"),
                opens="learning",
            ),
            PracticeStep(
                key="lessons",
                ask=_("What do we learn?"),
                how=_("Write one lesson in each line, so that somebody elsewhere could use it."),
                example=_("Pay the deposit the same day, settle the paper later"),
                writes="lessons",
            ),
            PracticeStep(
                key="decide",
                ask=_("Do we stop, change or go further?"),
                how=_("Write the decision and its reasons, and when it is looked at again."),
                example=_(
                    "Go on with thirty families, with a fund for same-day deposits; again in "
                    "December"
                ),
                writes="decision",
            ),
        ),
        pitfalls=(
            _("Judging at the end only."),
            _("Asking those who did the work whether it worked, and nobody else."),
            _("A review after which nothing was ever stopped."),
        ),
        sources=(
            "Michael Quinn Patton, Developmental Evaluation (2011)",
            "Jeffrey L. Pressman and Aaron Wildavsky, Implementation (1973)",
        ),
    ),
    Practice(
        key="story",
        stage="carrying",
        title=_("Tell the story"),
        why=_(
            "What is not told did not happen, and what is told without its failures is not "
            "believed. Partners, boards, donors and those affected each need another length, "
            "and the same facts."
        ),
        when=_("Each half year, at least; and before each request."),
        who=_("Two who write, one who checks every number, and those of whom it tells."),
        time=_("One afternoon."),
        writes=_("A report on the record, and the promise of who speaks where."),
        steps=(
            PracticeStep(
                key="hear",
                ask=_("Who must hear it, and what do they do next?"),
                how=_("Name the listeners, and what each should do after they have heard it."),
                example=_("The board: vote on May 12. The neighbors: come on Saturday"),
            ),
            PracticeStep(
                key="failed",
                ask=_("What did not work, and what did you do about it?"),
                how=_("Write it first. It makes the rest believable."),
                example=_("Twenty of the rooms never opened; the money went to rent instead"),
            ),
            PracticeStep(
                key="report",
                ask=_("What is the story, with its numbers?"),
                how=_(
                    "Write it in a page: where it began, what was tried, what came out, also "
                    "what failed, what comes next. It stands among what happened, with its "
                    "date."
                ),
                example=_(
                    "In 2026, 412 people slept outside. This is what the 31 partners did about it."
                ),
                writes="report",
            ),
            PracticeStep(
                key="speak",
                ask=_("Who speaks, where, and when?"),
                how=_(
                    "Let those speak who did it or for whom it was done, if they want to. "
                    "Note who promised to."
                ),
                example=_("Two parents and the landlord speak at the library, on June 3"),
                writes="promise",
            ),
        ),
        pitfalls=(
            _("Telling a story of somebody who did not agree, or could not say no."),
            _("Numbers without where they come from."),
            _("One hero: it was many."),
        ),
        sources=(
            (
                "Marshall Ganz, “Public Narrative, Collective Action, and Power”, in "
                "Accountability through Public Opinion (World Bank, 2011)"
            ),
        ),
    ),
)
