from headway.accounts.api import make_api
from headway.accounts.api import router as accounts
from headway.arenas.api import router as arenas
from headway.commitments.api import router as commitments
from headway.directory.api import router as directory
from headway.forums.api import router as forums
from headway.initiatives.api import router as initiatives
from headway.notices.api import router as notices
from headway.partners.api import router as partners
from headway.pilots.api import router as pilots
from headway.problems.api import router as problems
from headway.solutions.api import router as solutions

api = make_api()
for router in (
    accounts,
    directory,
    initiatives,
    problems,
    partners,
    forums,
    commitments,
    solutions,
    arenas,
    pilots,
    notices,
):
    api.add_router("", router)
