"""Practices for leading together: who decides, in which form, who coordinates, who opens doors."""

from django.utils.translation import gettext_lazy as _

from headway.diagnosis.queries.practices.shape import Practice, PracticeStep

LEADING = (
    Practice(
        key="discretion",
        stage="leading",
        title=_("Share discretion"),
        why=_(
            "Partners fear two things: that others decide over them, and that nothing can be "
            "decided without everybody. Both go away once it is written down who decides what"
            " alone."
        ),
        when=_("After the first quarrel over “who decided that?”, or better before it."),
        who=_("Everybody whose decisions are on the list."),
        time=_("Ninety minutes."),
        writes=_("How we decide, in “How we work”."),
        steps=(
            PracticeStep(
                key="decisions",
                ask=_("Which decisions come up again and again?"),
                how=_(
                    "List the decisions of the last three months and those ahead. Small ones "
                    "count: dates, wording, press, spending up to an amount."
                ),
                example=_("Who answers the newspaper; who may spend up to $500"),
            ),
            PracticeStep(
                key="matrix",
                ask=_("Who decides what alone, after consulting whom, and what needs all?"),
                how=_(
                    "Sort them into the three. What nobody would mind goes to whoever is "
                    "nearest. What needs all should be short."
                ),
                example=_(
                    "Alone: the facilitator sets the agenda. After consulting the shelters: "
                    "the county changes the form. All: a new partner."
                ),
                writes="decides",
            ),
            PracticeStep(
                key="doubt",
                ask=_("What happens in doubt?"),
                how=_("Agree on one sentence for what is not on the list."),
                example=_("Act, tell the others the same day, and bring it to the next meeting"),
                writes="doubt",
            ),
        ),
        pitfalls=(
            _("Everything needs all: nothing is decided."),
            _("Discretion without telling: decide alone, but say so."),
            _("A table that nobody opens again; look at it every six months."),
        ),
        sources=(
            (
                "John D. Donahue and Richard J. Zeckhauser, Collaborative Governance: Private "
                "Roles for Public Goals in Turbulent Times (2011): shared discretion"
            ),
        ),
    ),
    Practice(
        key="governance",
        stage="leading",
        title=_("Choose a governance form"),
        why=_(
            "Three forms are usual: the partners govern together, one of them leads, or a "
            "separate body does it. Each fits another size and another measure of trust. "
            "Partners who never choose get the form of the strongest."
        ),
        when=_(
            "When more than a handful of partners commit money or staff, and whenever the "
            "form begins to hurt."
        ),
        who=_("Those who can commit their organizations, with somebody who reads charters."),
        time=_("Two meetings, with a month between them."),
        writes=_(
            "A decision we took, with its reasons and when it is looked at again, and how we "
            "handle disagreements."
        ),
        steps=(
            PracticeStep(
                key="weigh",
                ask=_("Which forms did we weigh, and what speaks for each?"),
                how=_(
                    "Weigh at least two. Together: few partners, high trust. A lead "
                    "organization: somebody trusted has capacity. A separate body: many "
                    "partners, public money, long work."
                ),
                example=_("Together fits six of us, but not once the county’s money comes"),
            ),
            PracticeStep(
                key="choose",
                ask=_("Which one do we take, and when do we look at it again?"),
                how=_(
                    "Write the decision and its reasons. Give it a day on which you look at "
                    "it again, within two years."
                ),
                example=_("The county’s office leads; looked at again in June 2027"),
                writes="decision",
            ),
            PracticeStep(
                key="disagree",
                ask=_("What do we do when we disagree, and how is everybody heard?"),
                how=_(
                    "Say what happens first, second and last. Say how those with the least "
                    "power are heard, and who pays for their time."
                ),
                example=_(
                    "First between the two, then the facilitator, then all; residents are "
                    "paid for meetings"
                ),
                writes="disagreements",
            ),
        ),
        pitfalls=(
            _("Founding a body before there is work for it."),
            _("A lead organization that leads and also competes for the money."),
            _("Seats for everybody, work for nobody."),
        ),
        sources=(
            (
                "Keith G. Provan and Patrick Kenis, “Modes of Network Governance”, Journal of "
                "Public Administration Research and Theory 18 (2008)"
            ),
        ),
    ),
    Practice(
        key="coordinator",
        stage="leading",
        title=_("Name who coordinates"),
        why=_(
            "Work that belongs to everybody is done by nobody. Somebody has to call, write "
            "down, remind and hold the thread, with time and money for it, trusted by all "
            "sides, and with a second person who could go on tomorrow."
        ),
        when=_("At the latest when the second meeting is called."),
        who=_("All partners; the one in question leaves the room for the second step."),
        time=_("One hour."),
        writes=_(
            "Who does what, with end and deputy, in “How we work”, and the promise of whoever"
            " takes it on."
        ),
        steps=(
            PracticeStep(
                key="work",
                ask=_("What has to be done, and how many hours is it?"),
                how=_(
                    "Write the work before the name. Calling meetings, notes, reminders, "
                    "numbers, press, money: how many hours a week is each?"
                ),
                example=_("Twelve hours a week, of which six are reminders"),
            ),
            PracticeStep(
                key="role",
                ask=_("Who takes it on, until when, and who steps in?"),
                how=_("Agree on role, holder, end and deputy. It is added to “How we work”."),
                example=_(
                    "Coordinator: the Office to End Homelessness, to June 2027; deputy: the "
                    "community foundation"
                ),
                writes="role",
            ),
            PracticeStep(
                key="means",
                ask=_("Who gives the time and the money for it?"),
                how=_(
                    "Name the organization that lets somebody do it, and from when. The "
                    "promise counts once that organization confirms it."
                ),
                example=_("The foundation pays half a position, from September 1"),
                writes="promise",
            ),
        ),
        pitfalls=(
            _("Choosing whoever is in the room and does not say no."),
            _("A coordinator who also wants the contract."),
            _("No deputy: the thread goes with the person."),
        ),
        sources=(
            (
                "Shiloh Turner, Kathy Merchant, John Kania and Ellen Martin, “Understanding the "
                "Value of Backbone Organizations in Collective Impact”, Stanford Social "
                "Innovation Review (2012)"
            ),
        ),
    ),
    Practice(
        key="interdependence",
        stage="leading",
        title=_("Show how sectors depend on each other"),
        why=_(
            "Partners stay when they see that they cannot do it alone and that others cannot "
            "either. Often the one on whom everything rests does not know it."
        ),
        when=_("When a partner asks why it should come, and before resources are pledged."),
        who=_("One person of each sector, at one wall."),
        time=_("One hour."),
        writes=_(
            "What each gives and what each needs from others, and what is in the way between them."
        ),
        steps=(
            PracticeStep(
                key="fails",
                ask=_("What fails without each of us?"),
                how=_(
                    "Take one partner away after the other and say what stops. Begin with the"
                    " largest and with the smallest."
                ),
                example=_(
                    "Without the churches there is nowhere to go between nine at night and seven"
                ),
            ),
            PracticeStep(
                key="gives",
                ask=_("What do I give that others rely on?"),
                how=_(
                    "Each partner writes for itself, one thing in each line, and names in it "
                    "who relies on it."
                ),
                example=_("A warm room every morning, for the county’s case workers"),
                writes="offers",
            ),
            PracticeStep(
                key="gets",
                ask=_("On what do I rely, and do they know?"),
                how=_(
                    "Each partner writes one thing in each line, and names from whom it "
                    "comes. Tell them before you leave the room."
                ),
                example=_("A call from the hospital before somebody is sent home"),
                writes="needs",
            ),
            PracticeStep(
                key="gap",
                ask=_("Where does one wait for another?"),
                how=_("Write what lies between two partners and holds both up, one in each line."),
                example=_("The hospital may not say who is sent home before they are"),
                writes="barriers",
            ),
        ),
        pitfalls=(
            _("Drawing arrows that nobody checked with the other side."),
            _("Forgetting rules and permits: those who give them are partners too."),
        ),
        sources=(
            "James D. Thompson, Organizations in Action (1967)",
            "Barbara C. Crosby and John M. Bryson, Leadership for the Common Good (2005)",
        ),
    ),
    Practice(
        key="sponsor",
        stage="leading",
        title=_("Win a sponsor and a champion"),
        why=_(
            "A sponsor lends standing and opens a door; a champion works inside, day by day. "
            "Both are needed, they are rarely the same person, and each has reasons of their "
            "own."
        ),
        when=_("Before the first request to a decision body, and whenever one of the two leaves."),
        who=_("Those who know the candidates, and the one who will ask."),
        time=_("Half an hour to prepare, one visit each."),
        writes=_(
            "A note of who was asked and what was answered, and the promise of whoever says yes."
        ),
        steps=(
            PracticeStep(
                key="door",
                ask=_("Which door must open, and who can open it?"),
                how=_(
                    "Name the decision, the body and the person whose word counts there. Look"
                    " for two names: one who lends standing, one who works inside."
                ),
                example=_(
                    "The county board’s budget in September; the chair, and the deputy "
                    "administrator"
                ),
            ),
            PracticeStep(
                key="want",
                ask=_("What do they want, and what would they risk?"),
                how=_(
                    "Find out before you ask. If you cannot say what they gain, you are "
                    "asking for charity. Note only what you would say to them."
                ),
                example=_(
                    "The chair’s office wants results before the budget; it risks a quarrel "
                    "with the suburbs"
                ),
            ),
            PracticeStep(
                key="ask",
                ask=_("Who asked, and what was the answer?"),
                how=_(
                    "Let somebody go whom they trust, with one request. Log what was said and"
                    " the next step."
                ),
                example=_("Asked the chair to speak for it in May; answers after the retreat"),
                writes="contact",
            ),
            PracticeStep(
                key="yes",
                ask=_("What did they promise?"),
                how=_(
                    "A yes is what they will do, and by when. It counts once their "
                    "organization confirms it."
                ),
                example=_("Opens the board’s workshop on May 12"),
                writes="promise",
            ),
        ),
        pitfalls=(
            _("Asking for support instead of an act."),
            _("A sponsor who hears of trouble from the newspaper."),
            _("Only one of each: plan for the day they leave."),
        ),
        sources=(
            (
                "Barbara C. Crosby and John M. Bryson, “Integrative Leadership and the Creation "
                "and Maintenance of Cross-Sector Collaborations”, The Leadership Quarterly 21 "
                "(2010)"
            ),
        ),
    ),
)
