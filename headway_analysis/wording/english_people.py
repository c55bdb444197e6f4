"""English words that mean people, and words that look like them and mean things."""

_PRONOUNS = """
he she they we you i anyone anybody everyone everybody somebody someone whoever people person
"""
_GROUPS = """
team teams crew crews staff management leadership squad shift unit patrol board council committee
commission department agency bureau office authority county city district administration
secretariat brigade faculty workforce personnel dispatch organization organisation vendor company
"""
_ROLES = """
nurse nurses matron midwife midwives doctor doctors medic medics paramedic paramedics aide aides
clerk clerks guard guards chief chiefs captain captains lieutenant sergeant constable sheriff deputy
deputies marshal pilot pilots foreman foremen boss bosses lead leads head principal principals
coach coaches tutor tutors judge judges counsel attorney attorneys solicitor witness witnesses
advocate advocates delegate delegates candidate candidates volunteer volunteers intern interns
temp temps trainee trainees apprentice apprentices recruit recruits rookie rookies agent agents
applicant applicants tenant tenants resident residents patient patients client clients student
students pupil pupils parent parents mother mothers father fathers guest guests neighbor neighbors
neighbour neighbours citizen citizens official officials mayor mayors governor treasurer host hosts
architect architects analyst analysts assistant assistants accountant accountants consultant
consultants attendant attendants sergeant-at-arms superintendent superintendents president
presidents chair chairs chairman chairwoman chairperson secretary secretaries cook cooks chef chefs
janitor janitors guardian guardians spokesperson colleague colleagues nominee appointee trustee
trustees employee employees referee adviser advisor liaison liaisons contact intern escort steward
stewards warden wardens usher ushers expert experts professional professionals partner partners
lifeguard lifeguards bookkeeper caseworker paralegal surgeon surgeons therapist physician
physicians watchman author authors staffer staffers courier couriers matrons handler handlers
"""
_THINGS = """
water river number letter paper order corner center centre shelter computer server router printer
boiler heater cooler meter filter transfer register counter container freezer dryer washer cleaner
trailer ladder tower power order border chapter matter manner offer buffer cluster
folder header footer reminder remainder banner poster sticker marker scanner sensor motor monitor
elevator escalator generator ventilator respirator detector reactor tractor indicator calculator
projector refrigerator defibrillator extinguisher transformer breaker charger sprinkler speaker
loudspeaker transmitter timer trigger answer after other another either neither whether rather
ever never over under later earlier better longer greater lower higher upper inner outer former
latter winter summer september october november december quarter dinner supper weather laughter
disaster error mirror factor sector floor door minor major prior interior exterior color honor
labor harbor odor vapor flavor humor rumor terror horror error corridor vector
chamber timber lumber cover lever river layer barrier carrier flyer
pier feeder fever danger hammer hanger hunger finger ginger shoulder
powder wonder thunder tender gender calendar larger smaller closer nearer further together however
moreover altogether consider deliver discover recover remember suffer differ prefer refer enter
register alter gather bother parameter perimeter diameter barometer thermometer
cylinder wrapper copper pepper rubber silver leather feather browser adapter converter
compressor processor condenser resistor capacitor connector container loader
crawler parser compiler scheduler balancer identifier placeholder pointer counter
timber sewer gutter shutter blower mixer roller crusher shredder dumpster hopper conveyor bumper
fender winder starter carburetor radiator accelerator bulldozer grader digger stopper
list mist fist twist wrist grist gist exist consist persist insist resist assist enlist
median italian martian
"""
_ENDINGS = ("er", "or", "ist", "ian", "eer", "man", "men", "woman", "women", "keeper", "worker")


def word_set(words: str) -> frozenset[str]:
    """The words of a text, each once.

    >>> sorted(word_set("nurse clerk nurse"))
    ['clerk', 'nurse']

    """
    return frozenset(words.split())


PEOPLE = word_set(_PRONOUNS) | word_set(_GROUPS) | word_set(_ROLES)
THINGS = word_set(_THINGS)


def is_person_word(word: str) -> bool:
    """Whether a word in small letters means a person or a group: listed, or ends like a trade.

    >>> [is_person_word(word) for word in ("dispatcher", "archivists", "boiler", "pump")]
    [True, True, False, False]

    """
    if word in PEOPLE:
        return True
    single = word.removesuffix("s")
    if word in THINGS or single in THINGS or len(single) < 5:
        return False
    return single.endswith(_ENDINGS)
