from headway.accounts.api import make_api
from headway.accounts.api import router as accounts
from headway.directory.api import router as directory
from headway.initiatives.api import router as initiatives

api = make_api()
for router in (accounts, directory, initiatives):
    api.add_router("", router)
