from headway.accounts.api import make_api
from headway.accounts.api import router as accounts
from headway.initiatives.api import router as initiatives

api = make_api()
for router in (accounts, initiatives):
    api.add_router("", router)
