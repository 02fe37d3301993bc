"""What the service says of itself."""

from collections.abc import Callable

from opencompact import __version__
from opencompact.api.reading import Opened
from opencompact.api.reconciliation.asked import BATCH
from opencompact.api.reconciliation.entities import Named, types

ROOT = "/api/v1/reconcile"
PREVIEW = {"width": 420, "height": 220}
# Org-ids are of this list, and the kinds are ours.
IDENTIFIERS, KINDS = "https://org-id.guide/", "organisations"


def manifest(opened: Opened, address: Callable[[str], str]) -> Named:
    """The manifest; `address` makes a path of this site a whole address."""
    sample = "INVENTED SAMPLE COUNTRY: " if opened.release.standing == "sample" else ""
    service = address(ROOT)
    return {
        "versions": ["0.1", "0.2"],
        "name": f"{sample}OpenCompact: charities and other organisations paid by public bodies",
        "identifierSpace": IDENTIFIERS,
        "schemaSpace": address(f"/api/v1/{KINDS}"),
        "documentation": address("/api/v1/"),
        "serviceVersion": f"{__version__}, release {opened.release.number}",
        "logo": address("/static/icon.svg"),
        "defaultTypes": [{"id": each["id"], "name": each["name"]} for each in types()],
        "view": {"url": f"{service}/view/{{{{id}}}}"},
        "preview": {"url": f"{service}/preview/{{{{id}}}}", **PREVIEW},
        "suggest": {kind: {"service_url": service, "service_path": f"/suggest/{kind}"} for kind in ("entity", "type", "property")},
        "extend": {"propose_properties": {"service_url": service, "service_path": "/properties"}, "property_settings": []},
        "batchSize": BATCH,
    }
