"""English titles, places and particles: what tells a name from something else."""

from headway_analysis.wording.english_people import word_set

DOTTED_TITLES = word_set("Mr Mrs Ms Miss Mx Dr Prof Rev Sgt Lt Capt Hon")
ROLE_TITLES = word_set("""
    Professor Reverend Sergeant Lieutenant Captain Chief Officer Judge Commissioner Mayor Senator
    Detective Sheriff Deputy Councilmember Councilman Councilwoman Supervisor Director Nurse Doctor
    Superintendent Constable Inspector Pastor Rabbi Imam Sister Brother Principal
""")
# A capitalised word after or inside a name that makes it a place or an organisation.
PLACES = word_set("""
    Street St Road Rd Avenue Ave Boulevard Blvd Drive Lane Court Place Square Plaza Park Parkway
    Bridge Highway Way Trail Terrace Hill Hills Lake River Creek Bay Beach Island Valley Heights
    County City Town Township Village District Ward State Parish Borough
    Hospital Clinic Center Centre House Hall Home Homes Library School Schools College University
    Academy Church Cathedral Chapel Temple Mosque Synagogue Station Airport Port Harbor Building
    Tower Towers Apartments Museum Theater Theatre Stadium Arena Field Gardens Garden Cemetery
    Foundation Fund Trust Institute Association Society Council Commission Committee Board Agency
    Authority Department Office Bureau Ministry Partnership Coalition Alliance Network Project
    Initiative Program Programme Service Services Company Corporation Inc LLC Ltd Group Bank Union
    League Club Army Act Law Rule Award Prize Scholarship Day Room Wing Branch Line Method Test
    Executive Technology General Information Financial Operating Operations Medical Of
""")
# First names and surnames that are words too: alone at the start of a line they may be the word.
COMMON_NAMES = word_set("""
    Will Mark Grace Hope May June April August Bill Rose Art Faith Joy Dawn Chase Grant Frank Rich
    Bob Jack Pat Sue Drew Guy Ray Rob Skip Victor Young King Brown White Black Green Gray Long Short
    Park Hill Wood Woods Field Fields Hunter Carpenter Baker Cook Miller Smith Taylor Mason Porter
    Parker Price Power Powers Day Knight Bishop Church Bush Rivers Lake Banks Bell Book Case
    Love Little Best Good Wise Sharp Strong Ball Bridge Bridges Brook Brooks Waters Winter Winters
""")
PARTICLES = word_set("van von der den ten ter de del della di da la le el al bin ibn jr sr")
# What begins so is a role or an organisation in a list of people: "The front desk".
NO_NAMES = word_set("The A An Our")
