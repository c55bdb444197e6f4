"""What the wording check looks for in English.

Phrases are regular expressions in which a space stands for any white space and a straight
apostrophe for a curly one too. Every repetition in them is bounded, so that work stays linear.
"""

import re
from types import MappingProxyType

from headway_analysis.wording.clauses import ENDS
from headway_analysis.wording.english_people import is_person_word, word_set
from headway_analysis.wording.flags import Kind
from headway_analysis.wording.rules import Language, Rule, Who

QUESTIONS: MappingProxyType[Kind, str] = MappingProxyType(
    {
        "fault": "What made it sensible at the time?",
        "counterfactual": "What could be seen then, and what was done?",
        "hindsight": "Who could know this at that moment, and from what?",
        "single_cause": "What else had to come together for this to happen?",
        "name": "Which role does this person have here?",
    }
)


def _rule(kind: Kind, who: Who, *phrases: str) -> Rule:
    """One rule of several phrases, of which any will do."""
    pattern = "|".join(phrases).replace(" ", r"\s{1,3}").replace("'", "[’']")
    return Rule(kind, re.compile(rf"\b(?:{pattern})", re.IGNORECASE), who)


_THEIR = "(?:his|her|their|its|your|our|my)"
_HAVE = "(?: not| never| really| also)?(?: have|'ve|n't have)"
_LY = r"(?: \w{2,12}ly)"
_ADVERBS = rf"(?: not| never| been| at least|{_LY}){{0,2}}"
_WORD = r"[^\s.,;:!?]{1,40}"
_DONE = (
    r"(?:\w{2,20}(?:ed|en|own|ought|aught)|been|gone|done|put|set|let|kept|left|lost|sent|spent|"
    r"built|told|held|heard|read|met|led|made|paid|said|felt|found|understood|stood|begun|come|"
    r"run|won|stuck|dug|fed|cut|shut|hung|sought|dealt|meant|slept|laid|hit|quit)\b"
)
_SAVED = (
    r"(?:prevented|avoided|stopped|spared|noticed|known|seen|caught|asked|checked|told|warned|"
    r"called|helped|saved|acted|foreseen|spotted|tried|spoken|said|looked|raised|reported)\b"
)
_HAD = r"(?:'d| had(?:n't)?)\b"
_WOULD_HAVE = r"would(?:n't| not| never)? have\b"

_COUNTERFACTUAL = (
    _rule(
        "counterfactual",
        Who.ANYTHING,
        rf"(?:should|ought to){_HAVE}{_ADVERBS} {_DONE}",
        rf"if only(?: {_WORD}){{1,6}}?{_HAD}",
        rf"if(?: {_WORD}){{1,8}}?{_HAD}(?: {_WORD}){{1,8}},(?: {_WORD}){{1,8}} {_WOULD_HAVE}",
        rf"{_WOULD_HAVE}(?: {_WORD}){{1,10}}? if(?: {_WORD}){{1,5}}?{_HAD}",
        r"had (?:the|an?|he|she|they|we|you|any(?:one|body)|some(?:one|body)|our|my|his|her|their)"
        rf"(?: {_WORD}){{1,8}},(?: {_WORD}){{1,8}}? (?:would|could|might)\b",
        r"an? (?:competent|good|careful|reasonable|proper|responsible|decent|half-decent)"
        rf"(?: \w{{1,30}}){{1,2}} {_WOULD_HAVE}",
    ),
    _rule(
        "counterfactual",
        Who.DOER,
        rf"needed to have{_ADVERBS} {_DONE}",
        r"(?:was|were) supposed to have \w{1,30}",
        rf"could{_HAVE}{_ADVERBS} {_SAVED}",
        rf"could{_LY} have {_DONE}",
        r"fail(?:ed|s|ing) to \w{1,30}",
    ),
)
_HINDSIGHT = (
    _rule(
        "hindsight",
        Who.ANYTHING,
        r"obviously\b",
        r"clearly,? (?:the|he|she|they|we|you|no|nobody|some(?:body|one))\b",
        r"(?:in|with) (?:the (?:benefit|wisdom) of )?hindsight\b",
        r"in retrospect\b",
        rf"(?:should|ought to)(?: have|'ve){_LY}? (?:known|seen|foreseen|reali[sz]ed|guessed)\b"
        r"(?: (?:this|it|that) coming)?",
        r"(?:was|were|is|been) (?:so |quite |painfully |blindingly |perfectly )?"
        r"(?:obvious|self-evident|plain (?:that|to)|evident that)\b",
        r"(?:was|were) clear (?:that|from the (?:start|beginning|outset))\b",
        r"obvious (?:sign|warning|danger|risk|mistake|problem|clue|symptom|step)s?\b",
        r"(?:any(?:one|body)|every(?:one|body)|a (?:child|fool)) (?:could|would|should) have"
        r" \w{1,30}",
        r"(?:we all|they all|every(?:one|body)) knew\b",
        r"foregone conclusion\b",
        r"(?:plainly|entirely|perfectly|easily|all too) (?:fore|pre|avoid)\w{1,12}able\b",
        r"(?:was|were) (?:foreseeable|predictable|(?:only|just) a matter of time)\b",
        r"(?:was|were) bound to (?:happen|fail|break|end|go wrong)\b",
        r"writing (?:was )?on the wall\b",
        r"saw (?:it|this) coming\b",
    ),
)
_ONE = "(?:root|sole|only|single|one true|one real|true|real|fundamental|ultimate|underlying)"
_SINGLE_CAUSE = (
    _rule(
        "single_cause",
        Who.ANYTHING,
        rf"(?:the|one|an?|its|this) {_ONE} (?:true |real )?(?:cause|reason|culprit)\b",
        r"root cause\b",
        r"(?:human|operator|user|pilot|driver|staff) error\b",
        r"(?:came|comes|come|boils|boiled) down to\b",
        r"(?:all|only|solely|entirely|simply|purely) (?:because of|due to|down to)\b",
        r"(?:due|owing) (?:solely|only|entirely|simply|purely) to\b",
        r"(?:was|is|were) the (?:cause|culprit)\b",
        r"the reason (?:why |that )?(?:it|this|that|everything) (?:all )?"
        r"(?:went wrong|failed|happened|broke|collapsed) (?:was|is)\b",
    ),
)
_FAULT = (
    _rule(
        "fault",
        Who.DOER,
        r"(?:careless|negligent|incompetent|irresponsible|reckless|lazy|sloppy|stupid|inattentive|"
        r"unprofessional|unprepared|thoughtless|clumsy|foolish|dishonest|unreliable|useless|"
        r"hopeless|complacent|inept|unfit|lax|naive|ignorant|slack|derelict|inexcusable)\b",
        r"(?:careless|negligent|reckless|stupid|foolish|thoughtless|deliberate|wrong|wilful|"
        r"willful|knowing)ly \w{1,30}",
        r"(?:neglected|ignored|disregarded|overlooked|misread|mishandled|mismanaged|misjudged|"
        r"botched|bungled|squandered|falsified|panicked|forgot|blundered|shirked|fumbled|flouted|"
        r"dithered)\b",
        r"(?:screwed|messed|slipped|gave) up\b",
        r"(?:cut corners|dropped the ball|did nothing|turned a blind eye|looked the other way)\b",
        rf"made (?:an?|the|{_THEIR}) (?:\w{{1,20}} )?mistakes?\b",
        r"made the (?:wrong|worst) \w{1,30}",
        r"missed (?:\w{1,20} ){1,4}(?:through|out of)\b",
        rf"failed in {_THEIR} \w{{1,30}}",
        r"let (?:everyone|everybody|us|them|him|her|people)(?: all)? down\b",
        r"(?:at fault|guilty of)\b",
        r"asleep (?:at|on) the \w{1,30}",
        r"(?:did|do|does)(?: not|n't) (?:even )?(?:bother|care)\b",
        rf"(?:did|do|does)(?: not|n't) (?:even )?do {_THEIR} (?:job|work|part|duty)\b",
        r"(?:did not|didn't|was not|wasn't|were not|weren't) pay(?:ing)? attention\b",
        rf"(?:was not|wasn't|were not|weren't) up to (?:the|{_THEIR}) job\b",
        r"(?:should|ought to) be (?:ashamed|fired|dismissed|punished|disciplined)\b",
        r"(?:has|have|had|with) no excuse\b",
    ),
    _rule(
        "fault",
        Who.NEAR,
        r"(?:negligence|incompetence|carelessness|recklessness|laziness|stupidity|sloppiness|"
        r"inattention|complacency|foolishness|dereliction|arrogance|ineptitude)\b",
        rf"not doing {_THEIR} (?:job|work|duty)\b",
    ),
    _rule(
        "fault",
        Who.SOMEBODY,
        r"to blame\b(?! (?:for )?(?:no|any)(?:body|one)\b)",
        r"(?:his|her|their|your) (?:own )?fault\b(?! (?:codes?|lines?|messages?|reports?)\b)",
    ),
    _rule(
        "fault",
        Who.OWNER,
        r"(?:fault|mistakes?|errors?|lapses?|blunders?|failures?|failings?|neglect|oversight|"
        r"poor judge?ment)\b",
    ),
    _rule(
        "fault",
        Who.ANYTHING,
        rf"why (?:did|could|was|were|do|does)(?:n't (?:{_WORD} ){{1,4}}?| (?:{_WORD} ){{1,4}}?not )"
        r"(?:tell|check|ask|notice|act|stop|report|call|listen|look|see|say|do)\b",
    ),
)
LANGUAGE = Language(
    rules=(*_FAULT, *_COUNTERFACTUAL, *_HINDSIGHT, *_SINGLE_CAUSE),
    questions=QUESTIONS,
    is_person=is_person_word,
    breaks=ENDS
    | word_set(", ; : — – ( ) that which because when while whereas although if unless"),
    joins=word_set("and but so then"),
    determiners=word_set("the a an this these those its their our his her my one two"),
    asks=word_set("who whether whose whom"),
    nobody=word_set("nobody none no no-one"),
    nots=word_set("not never neither without"),
)
