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
# First names that are usual in the United States and no other words: with a surname, somebody.
FIRST_NAMES = word_set("""
    Aaron Abdi Abdullah Adam Ahmed Aisha Alan Albert Alejandro Alex Alexander Alice Alicia Allison
    Amanda Amina Amy Ana Andrea Andrew Angela Ann Anna Anne Anthony Antonio Arthur Ashley Barbara
    Benjamin Betty Beverly Brandon Brenda Brian Bruce Carl Carla Carlos Carmen Carol Caroline
    Catherine Cheryl Christina Christine Christopher Cynthia Daniel David Deborah Debra Denise
    Dennis Diana Diane Donald Donna Dorothy Douglas Dylan Edward Elena Elizabeth Emily Emma Eric
    Ethan Eva Evelyn Fatima Fernando Francisco Gabriel Gary George Gerald Gloria Gregory Hannah
    Harold Hassan Heather Helen Henry Ibrahim Isabella Jacob Jacqueline James Jane Janet Janice
    Jason Javier Jean Jeffrey Jennifer Jeremy Jerry Jesse Jessica Joan John Jonathan Jorge Jose
    Joseph Joshua José Joyce Juan Judith Judy Julia Julie Karen Katherine Kathleen Keith Kelly
    Kenneth Kevin Khadija Kimberly Kyle Larry Laura Lauren Leah Linda Lisa Lori Louis Lucy Luis Luz
    Manuel Marco Margaret Maria Marie Marilyn Mario Martha Mary María Matthew Megan Melissa Michael
    Michelle Miguel Mohamed Mohammed Monica Nancy Natalie Nathan Nicholas Nicole Olivia Omar Pamela
    Patricia Patrick Paul Paula Pedro Peter Philip Phillip Rachel Rafael Ralph Raymond Rebecca
    Ricardo Richard Robert Roberto Roger Ronald Rosa Roy Russell Ruth Ryan Samantha Samuel Sandra
    Sara Sarah Scott Sean Sharon Shirley Sofia Sophia Stephanie Stephen Steven Susan Teresa Theresa
    Thomas Timothy Tyler Vanessa Victoria Vincent Walter Wayne William Yusuf Zachary
""")
# What is said of a person or a group only: before it, two capitalised words are somebody's name.
JUDGED = (
    r"(?:is|was) (?:to blame|at fault|careless|lazy|negligent|incompetent|guilty|stupid|sloppy)",
    r"(?:forgot|neglected|lied|ignored|panicked|apologi[sz]ed)",
)
