"""Practices for agreeing on the work: differences, facts, measures, data."""

from django.utils.translation import gettext_lazy as _

from headway.diagnosis.queries.practices.shape import Practice, PracticeStep

AGREEING = (
    Practice(
        key="differences",
        stage="agreeing",
        title=_("Make differences speakable"),
        why=_(
            "Partners come because they differ, and then hide it to stay polite. A difference"
            " that can be said aloud can be worked with; one that cannot decides from below "
            "the table."
        ),
        when=_(
            "As soon as meetings become polite and nothing moves; before each decision that "
            "takes something from somebody."
        ),
        who=_("All partners, with somebody who leads the talk and wants nothing from it."),
        time=_("Two hours, and a conversation that stays open for two weeks."),
        writes=_(
            "A conversation in which everybody votes on short statements, and what is in the way."
        ),
        steps=(
            PracticeStep(
                key="lose",
                ask=_("What would each of us lose?"),
                how=_(
                    "Let each finish the sentence “If this goes ahead, we lose …”. Nobody "
                    "answers. Loss of control, of a program, of a reason to exist counts as "
                    "much as loss of money."
                ),
                example=_("If there is one waiting list, we lose the right to choose whom we take"),
            ),
            PracticeStep(
                key="need",
                ask=_("What do we need, behind what we ask for?"),
                how=_(
                    "For each demand, ask what it is for. Write the need beside it. Needs can"
                    " be met in more than one way."
                ),
                example=_(
                    "We ask for a seat on the board; we need to hear of changes before they happen"
                ),
            ),
            PracticeStep(
                key="barriers",
                ask=_("What is in the way, and can be named?"),
                how=_("Write one in each line: a rule, a habit, a law, a fear. Name no people."),
                example=_("Two databases that may not exchange birth dates"),
                writes="barriers",
            ),
            PracticeStep(
                key="conversation",
                ask=_("Where do we agree, where do we differ, and how far?"),
                how=_(
                    "Write statements on which people can agree or disagree, also the "
                    "uncomfortable ones. Members vote on them without their names."
                ),
                example=_("Shelters should take people who still drink"),
                writes="conversation",
                opens="conversations",
            ),
        ),
        pitfalls=(
            _("A vote before everybody has been heard."),
            _("Taking silence for agreement."),
            _("Solving a conflict of interests as if it were a misunderstanding."),
        ),
        sources=(
            "Roger Fisher and William Ury, Getting to Yes (1981)",
            (
                "Matthew A. Koschmann, Timothy R. Kuhn and Michael D. Pfarrer, “A Communicative "
                "Framework of Value in Cross-Sector Partnerships”, Academy of Management Review "
                "37 (2012)"
            ),
        ),
    ),
    Practice(
        key="fact-base",
        stage="agreeing",
        title=_("Build a common fact base"),
        why=_(
            "Partners who do not share facts argue about facts when they mean interests, and "
            "about interests when they mean facts. A short list, with what each says to it, "
            "shows which dispute can be settled by looking."
        ),
        when=_(
            "Before options are compared, and whenever two partners cite different numbers "
            "for the same thing."
        ),
        who=_(
            "At least three partners who know the matter from different sides, and whoever "
            "keeps the numbers."
        ),
        time=_("One hour for the list; each partner answers in its own time, within a week."),
        writes=_(
            "Facts in the ledger, and what each partner says to each of them: right, not "
            "right, no side."
        ),
        steps=(
            PracticeStep(
                key="facts",
                ask=_("Which facts do we rest on?"),
                how=_(
                    "Write one claim in each line, as a sentence that could be right or not "
                    "right. Say when and where it holds."
                ),
                example=_("In January 2026, 412 people slept outside in the county"),
                writes="facts",
            ),
            PracticeStep(
                key="stances",
                ask=_("What does each of us say to them?"),
                how=_(
                    "Each partner says to each fact whether it is right. Whoever disputes one"
                    " says what is wrong with it. A later word replaces an earlier one, and "
                    "both stay readable."
                ),
                example=_("Not right: the count left out people in cars"),
                writes="stances",
            ),
            PracticeStep(
                key="lacking",
                ask=_("Which facts do we lack?"),
                how=_(
                    "Write down what you would have to know, one in each line. They become "
                    "needs that a partner can answer."
                ),
                example=_("How many of them have a job"),
                writes="data_needs",
            ),
            PracticeStep(
                key="settle",
                ask=_("Who could settle what we dispute, and by when?"),
                how=_(
                    "For each disputed fact, name an organization whose count both sides "
                    "would accept, and a day."
                ),
                example=_("The university recounts the cars in March, by April 15"),
                writes="promise",
            ),
        ),
        pitfalls=(
            _("Facts that are opinions: if nobody could show it to be wrong, it is no fact."),
            _("Outvoting a fact. Ask who could look."),
            _("Settling what does not matter for any option."),
        ),
        sources=(
            (
                "Lawrence Susskind and Jeffrey Cruikshank, Breaking the Impasse (1987): joint "
                "fact-finding"
            ),
        ),
    ),
    Practice(
        key="measures",
        stage="agreeing",
        title=_("Agree on measures"),
        why=_(
            "What is counted gets done, also where it harms. Partners who agree beforehand on"
            " what moves if it works, and who could be hurt by chasing it, can later read the"
            " same chart."
        ),
        when=_("Once success is described; before money is given or a test begins."),
        who=_("Who keeps the numbers, who is counted, and who will be judged by them."),
        time=_("Two hours, and a week to look up where each number stands today."),
        writes=_("Measures with where they start, a target and a day."),
        steps=(
            PracticeStep(
                key="moves",
                ask=_("What moves if it works?"),
                how=_(
                    "Name for each line of the vision one thing that moves. Prefer what "
                    "happens to people over what we do for them."
                ),
                example=_("Days from the first night outside to a lease"),
            ),
            PracticeStep(
                key="measure",
                ask=_("What is counted, from where does it start, and where should it be?"),
                how=_(
                    "Write one measure at a time, with its starting point and its target. "
                    "Come back for the next one."
                ),
                example=_("People outside on a January night: 412 in 2026, 200 by January 2028"),
                writes="measure",
            ),
            PracticeStep(
                key="harm",
                ask=_("Who could be harmed by chasing it?"),
                how=_(
                    "Ask of each measure: how could one reach the target without anybody "
                    "being better off? Write down what you will also watch."
                ),
                example=_("Fewer counted because people hide from the police"),
            ),
        ),
        pitfalls=(
            _("Ten measures, none looked at."),
            _("Counting what the database has."),
            _("A target without a starting point."),
        ),
        sources=(
            "Mark Friedman, Trying Hard Is Not Good Enough (2005)",
            (
                "Donald T. Campbell, “Assessing the Impact of Planned Social Change”, Evaluation "
                "and Program Planning 2 (1979)"
            ),
        ),
    ),
    Practice(
        key="data-sharing",
        stage="agreeing",
        title=_("Commit to sharing data"),
        why=_(
            "Almost every joint plan waits for data that one partner has and another may not "
            "see. Lawyers say no to “data sharing”; they can say yes to a named table, a "
            "named purpose and a named end."
        ),
        when=_("As soon as a measure needs data of more than one partner."),
        who=_(
            "The owners of the data, one lawyer of each, and somebody who speaks for those in"
            " the data."
        ),
        time=_("Two meetings; the signatures take months, so begin early."),
        writes=_("What is shared, in “How we work”, and the promise of who delivers what by when."),
        steps=(
            PracticeStep(
                key="which",
                ask=_("Which data, about whom, for which question?"),
                how=_(
                    "Name the question first. Then name the least that answers it: counts "
                    "before rows, rows before names."
                ),
                example=_(
                    "Monthly counts of first nights in shelter, by age group, to see whether "
                    "children still come"
                ),
            ),
            PracticeStep(
                key="agreement",
                ask=_("Under which law, who sees it, for how long?"),
                how=_(
                    "Answer what you can. It is added to “How we work”, where everybody reads"
                    " it and every version is kept."
                ),
                example=_(
                    "Minnesota data practices act, summary data; the evaluator only; deleted "
                    "after three years"
                ),
                writes="sharing",
            ),
            PracticeStep(
                key="deliver",
                ask=_("Who delivers what, and by when?"),
                how=_(
                    "Name the organization and the day of the first delivery. The promise "
                    "counts once that organization confirms it."
                ),
                example=_("The county sends counts for January to March, by April 30"),
                writes="promise",
            ),
        ),
        pitfalls=(
            _("Asking for everything, to be safe."),
            _("Small numbers tell names: hide groups under five, also by subtraction."),
            _("Forgetting to tell those in the data."),
        ),
        sources=(
            (
                "Actionable Intelligence for Social Policy, Finding a Way Forward: How to Create "
                "a Strong Legal Framework for Data Integration (2022)"
            ),
        ),
    ),
)
