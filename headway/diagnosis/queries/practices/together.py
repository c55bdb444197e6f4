"""Practices for coming together: who belongs here, what for, what was tried, what is there."""

from django.utils.translation import gettext_lazy as _

from headway.diagnosis.queries.practices.shape import Practice, PracticeStep

TOGETHER = (
    Practice(
        key="stakeholders",
        stage="together",
        title=_("Find and approach those with a stake"),
        why=_(
            "Who is missing at the start turns up at the end, as an objection. Whoever lives "
            "with the problem, pays for it, decides about it or can block it has a stake; "
            "most of them will not come unless somebody tells them what is in it for them."
        ),
        when=_(
            "Before the first meeting, and again whenever a recommendation reaches people who"
            " were not in the room."
        ),
        who=_(
            "Two or three partners from different sectors, with somebody who lives with the "
            "problem. Nobody knows all the doors alone."
        ),
        time=_("Ninety minutes for the list, two weeks for the approaches."),
        writes=_("People affected, partners asked to take part, and a note of each approach."),
        steps=(
            PracticeStep(
                key="affected",
                ask=_("Who lives with this problem?"),
                how=_(
                    "Write one group in each line, in words that the people themselves would "
                    "use. Say who they are, not what they lack."
                ),
                example=_("Families who sleep in a car"),
                writes="groups",
            ),
            PracticeStep(
                key="missing",
                ask=_("Who decides, pays or can block, and is not here?"),
                how=_(
                    "Go through the sectors one by one: government, business, nonprofits, "
                    "philanthropy, faith, education, health, residents. Name the "
                    "organizations to ask. They stand as invited until they answer."
                ),
                example=_("The hospital whose emergency room sees them every night"),
                writes="partners",
            ),
            PracticeStep(
                key="why",
                ask=_("Why would each of them join?"),
                how=_(
                    "For each name, say what they gain, what they risk and whom they already "
                    "trust. Write it down as it was said. If nobody can say why they would "
                    "join, find somebody who can."
                ),
                example=_(
                    "The downtown council loses visitors; the deputy chief trusts the shelter"
                    " director"
                ),
            ),
            PracticeStep(
                key="approach",
                ask=_("Who goes to see them, and what did they answer?"),
                how=_(
                    "Let the person they trust go, in person, with one question and no "
                    "brochure. Log the visit and the next step."
                ),
                example=_(
                    "Sister Anne visited the hospital; they send their head of social work in May"
                ),
                writes="contact",
            ),
        ),
        pitfalls=(
            _("Asking only those who agree already."),
            _(
                "Asking people affected to bless what was decided; ask them before there is a"
                " draft."
            ),
            _("Taking a logo for a promise: a partner has said what it will do."),
        ),
        sources=(
            (
                "John M. Bryson, “What to Do When Stakeholders Matter”, Public Management Review "
                "6 (2004)"
            ),
            (
                "John M. Bryson, Barbara C. Crosby and Melissa M. Stone, “The Design and "
                "Implementation of Cross-Sector Collaborations”, Public Administration Review 66 "
                "(2006)"
            ),
        ),
    ),
    Practice(
        key="success",
        stage="together",
        title=_("Agree what success looks like"),
        why=_(
            "Partners who use the same word for different ends find out when it is too late. "
            "A few lines, in an order, that everybody can repeat, let each partner check its "
            "own work against them."
        ),
        when=_("Once most partners are in the room and before anybody argues about solutions."),
        who=_(
            "Everybody who will later be asked to do something, and people who live with the "
            "problem."
        ),
        time=_("Half a day, or two meetings of ninety minutes."),
        writes=_("Lines of the vision in their order, with what is left to others."),
        steps=(
            PracticeStep(
                key="picture",
                ask=_("What is different in five years, and for whom?"),
                how=_(
                    "Let each write alone for five minutes, then read aloud without comment. "
                    "Look for what somebody could see, not for what somebody would do."
                ),
                example=_("A child who loses her home sleeps in another one that night"),
            ),
            PracticeStep(
                key="lines",
                ask=_("Which lines do we agree on, the most important first?"),
                how=_(
                    "Write one line each, the one that counts most first. Three to seven are "
                    "enough: what stands eighth is nobody’s work."
                ),
                example=_("Nobody sleeps outside for longer than a month"),
                writes="vision",
            ),
            PracticeStep(
                key="out",
                ask=_("What is not ours to do?"),
                how=_(
                    "Write down what you leave to others, so that nobody waits for it and "
                    "nobody is blamed for it."
                ),
                example=_("Building market-rate housing"),
                writes="vision_out",
            ),
            PracticeStep(
                key="measure",
                ask=_("How would we notice?"),
                how=_(
                    "Name for each of the first three lines one thing that could be counted. "
                    "How it is counted comes later."
                ),
                example=_("Nights outside, counted in January and July"),
            ),
        ),
        pitfalls=(
            _("Wording for two hours what nobody disputes."),
            _("Lines that everybody can sign because they say nothing."),
            _("Leaving out what is hard to count, then wondering why nobody does it."),
        ),
        sources=(
            (
                "John M. Bryson, Barbara C. Crosby and Melissa M. Stone, “Designing and "
                "Implementing Cross-Sector Collaborations: Needed and Challenging”, Public "
                "Administration Review 75 (2015)"
            ),
            (
                "John Kania and Mark Kramer, “Collective Impact”, Stanford Social Innovation "
                "Review 9 (2011)"
            ),
        ),
    ),
    Practice(
        key="earlier-attempts",
        stage="together",
        title=_("Learn from earlier attempts"),
        why=_(
            "Hardly any public problem is new. What was tried left people, rules, money and "
            "scars behind. Partners who talk about it early repeat less, and those who were "
            "hurt then can say so."
        ),
        when=_("In the first weeks; at the latest before the first recommendation is drafted."),
        who=_(
            "People who were there, also those who left in anger; somebody from each side of "
            "an old quarrel."
        ),
        time=_("One meeting of two hours, and a few phone calls."),
        writes=_("Earlier efforts with what became of them, and lessons."),
        steps=(
            PracticeStep(
                key="tried",
                ask=_("What was tried, when, and by whom?"),
                how=_(
                    "Write one attempt in each line, with its year. Count also what was "
                    "planned and never began."
                ),
                example=_("2002: winter shelter in church basements, three winters"),
                writes="efforts",
            ),
            PracticeStep(
                key="lasted",
                ask=_("What lasted, and what remains as a scar?"),
                how=_(
                    "Ask those who were there how it looked from where they stood. Write what"
                    " they say without names."
                ),
                example=_("The churches were told on a Friday that the money was gone"),
            ),
            PracticeStep(
                key="lessons",
                ask=_("What do we learn for this time?"),
                how=_(
                    "Write one lesson in each line: what to do, and where it applies. Say how"
                    " and what, not who."
                ),
                example=_("Ask for three years of money before the first bed opens"),
                writes="lessons",
            ),
        ),
        pitfalls=(
            _("Looking for who was at fault: people stop talking."),
            _(
                "Believing that it failed because people were not committed; look for the "
                "rule, the money, the timing."
            ),
            _("Learning only from what went wrong."),
        ),
        sources=(
            (
                "Chris Ansell and Alison Gash, “Collaborative Governance in Theory and Practice”,"
                " Journal of Public Administration Research and Theory 18 (2008): prehistory of "
                "conflict or cooperation"
            ),
        ),
    ),
    Practice(
        key="resources",
        stage="together",
        title=_("Count the resources"),
        why=_(
            "Collaborations ask for money first and overlook the desk, the data, the license "
            "and the phone number that a partner could give tomorrow. What is tied, and until"
            " when, is as important as how much."
        ),
        when=_(
            "After you agreed what success looks like, and again whenever a recommendation is"
            " adopted."
        ),
        who=_("Somebody from each partner who may say what it can give."),
        time=_("One hour together; a week for each to ask at home."),
        writes=_("Offers and needs, with kind, end and strings."),
        steps=(
            PracticeStep(
                key="give",
                ask=_("What can each of us give, until when, and what is tied?"),
                how=_(
                    "Each partner writes for itself, one thing in each line. Count people and"
                    " their time, space, data, standing and money, in this order: money last."
                ),
                example=_("One outreach nurse, Tuesday nights, until June"),
                writes="offers",
            ),
            PracticeStep(
                key="lack",
                ask=_("What is missing?"),
                how=_(
                    "Look at what success needs and at what was offered. Write one need in "
                    "each line."
                ),
                example=_("Somebody who speaks Somali, two evenings a week"),
                writes="needs",
            ),
            PracticeStep(
                key="ties",
                ask=_("Which offer answers which need, and what falls through?"),
                how=_(
                    "Go through the needs. Where an offer answers one, link the two; where "
                    "none does, say who asks whom."
                ),
                example=_("The library’s room answers the winter evenings; nobody has a van"),
                opens="resources",
            ),
        ),
        pitfalls=(
            _("Counting what somebody hopes to get."),
            _("Overlooking strings: money for families pays for families."),
            _("Small partners feel poor beside a big check: read their offers first."),
        ),
        sources=(
            "Barbara C. Crosby and John M. Bryson, Leadership for the Common Good (2005)",
            (
                "Kirk Emerson, Tina Nabatchi and Stephen Balogh, “An Integrative Framework for "
                "Collaborative Governance”, Journal of Public Administration Research and Theory "
                "22 (2012): capacity for joint action"
            ),
        ),
    ),
)
