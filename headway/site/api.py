from headway.accounts.api import make_api
from headway.accounts.api import router as accounts
from headway.commitments.api import router as commitments
from headway.directory.api import router as directory
from headway.initiatives.api import router as initiatives
from headway.partners.api import router as partners
from headway.problems.api import router as problems

api = make_api()
for router in (accounts, directory, initiatives, problems, partners, commitments):
    api.add_router("", router)
