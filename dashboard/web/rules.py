"""What every address, page and callback asks of the viewer. What is not listed here is refused.

Routes that change something bring their own rule: `dashboard.web.mutations.changing` adds it.
"""

from __future__ import annotations

from dashboard.access import owner_place
from dashboard.access.access import AccessRule
from models.accounts.rights import Action

OPEN = AccessRule(is_open=True)
SIGNED_IN = AccessRule()
OWN_PASSWORD = AccessRule(is_own_password=True)
VIEW = AccessRule(Action.VIEW)
LISTS = AccessRule(Action.EXPORT, token="api")  # noqa: S106  (a purpose, no secret)
PAPERS = AccessRule(Action.EXPORT, token="tai-lieu")  # noqa: S106
PREVIEWS = AccessRule(Action.IMPORT, owner_place.preview)  # they hold what has not been loaded yet
VIEW_PLACE = AccessRule(Action.VIEW, owner_place.part("slug"))
VIEW_ORGANIZATION = AccessRule(Action.VIEW, owner_place.organization)
VIEW_RUN = AccessRule(Action.VIEW, owner_place.run)
SEE_PERSONS = AccessRule(Action.SEE_PERSONS, owner_place.organization)
CALENDAR = AccessRule(Action.EXPORT, token="lich")  # noqa: S106
CALENDAR_OF_PLACE = AccessRule(Action.EXPORT, owner_place.part("slug"), token="lich")  # noqa: S106
ADMINISTER = AccessRule(Action.ADMINISTER)
READ_TRAIL = AccessRule(Action.READ_TRAIL)
RUN = AccessRule(Action.RUN)

# Flask endpoints. A page's shell and the first answer of a page ask for the rule of the page itself, see PAGES.
ENDPOINTS: dict[str, AccessRule] = {
    # what every browser needs before anybody signs in, and what a monitor asks
    "static": OPEN,
    "style_sheet": OPEN,
    "_dash_assets.static": OPEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": OPEN,
    "/_favicon.ico": OPEN,
    # Dash: the empty frame and the list of callbacks
    "/_dash-layout": VIEW,
    "/_dash-dependencies": VIEW,
    "/_reload-hash": VIEW,
}
# Callbacks by their output, as `dashboard.web.routes.live_callback` declares them.
CALLBACKS: dict[str, AccessRule] = {}
