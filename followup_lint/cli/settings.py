"""Settings: --config, else the nearest followup-lint.toml or [tool.followup-lint] upward, else the user's own."""

from __future__ import annotations

import argparse
import gc
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model import Ignore
from ..proofreading import DEFAULT_ENGINE, ENGINES, EngineMissingError, begin
from .options import names
from .problem import Problem

if TYPE_CHECKING:
    from ..api import Linter
    from .sending import Sending

FAIL_ON = ("error", "warning", "info", "never")
_NAME = "followup-lint.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says; options of the command line win over it."""

    file: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    rules: tuple[Path, ...] = ()
    plugins: tuple[str, ...] = ()
    profile: str = ""
    fail_on: str = "warning"
    format: str = ""
    typo_engine: str = DEFAULT_ENGINE
    languagetool_url: str = ""
    preview: bool = False
    presend: Sending | None = None


def find_settings(options: argparse.Namespace) -> Settings:
    """The settings that hold for this run; raises Problem naming file and key."""
    if options.isolated:
        return Settings()
    if options.config:
        return _read(Path(options.config))
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        own, shared = folder / _NAME, folder / "pyproject.toml"
        if own.is_file():
            return _read(own)
        if shared.is_file() and (table := _toml(shared).get("tool", {}).get("followup-lint")) is not None:
            return _settings(table, shared)
    users = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "followup-lint" / "config.toml"
    return _read(users) if users.is_file() else Settings()


def make_linter(options: argparse.Namespace, settings: Settings) -> Linter:
    """The linter that options and settings describe; raises Problem."""
    folders = [Path(f) for f in options.rules] if options.rules else settings.rules
    engine = options.typo_engine or settings.typo_engine
    if engine not in ENGINES:
        raise Problem(f"--typo-engine: {engine!r} is none of {', '.join(ENGINES)}")
    begin(engine)  # it takes longest: the room of the rules is entered while it loads
    from ..api import Linter
    from ..rulebook import PageError, PluginProblem, profile_names, rules_folder

    for folder in folders:
        if not os.path.isdir(folder):  # noqa: PTH112 – Path.is_dir raises for a name too long
            told = "--rules" if options.rules else f"{settings.file}: rules"
            raise Problem(f"{told}: there is no folder {str(folder)!r}")
    if settings.profile and settings.profile not in (profiles := profile_names(rules_folder())):
        raise Problem(f"{settings.file}: profile: {settings.profile!r} is none of {', '.join(profiles)}")
    gc.disable()  # a fifth of a second, spent on looking through rules that live as long as the process
    try:
        return Linter(
            rules=folders,
            plugins=settings.plugins,
            select=names(options.select) or settings.select,
            ignore=(*settings.ignore, *names(options.ignore)),
            ignores=settings.ignores,
            profile=settings.profile,
            typo_engine=engine,
            languagetool_url=options.languagetool_url or settings.languagetool_url or None,
            preview=bool(options.preview) or settings.preview,
        )
    except KeyError as unknown:
        (name,) = unknown.args
        told = _where_named(name, options, settings)
        raise Problem(f"{told}: no rule or check is named {name!r}; `followup-lint rules` lists them") from None
    except PluginProblem as problem:
        raise Problem(f"{settings.file}: plugins: {problem}") from None
    except (PageError, EngineMissingError) as problem:
        raise Problem(str(problem)) from None
    finally:
        gc.freeze()
        gc.enable()


def _where_named(rule: str, options: argparse.Namespace, settings: Settings) -> str:
    """The option, or the file and key, that names a rule."""
    for key in ("select", "ignore"):
        if rule in names(getattr(options, key)):
            return f"--{key}"
    return f"{settings.file}: {'select' if rule in settings.select else 'ignore'}"


def _read(path: Path) -> Settings:
    table = _toml(path)
    return _settings(table.get("tool", {}).get("followup-lint", {}) if path.name == "pyproject.toml" else table, path)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise Problem(f"{path}: cannot be read ({problem})") from None
    except tomllib.TOMLDecodeError as problem:
        raise Problem(f"{path}: is not valid TOML: {problem}") from None


def _settings(table: Mapping[str, Any], path: Path) -> Settings:
    known = set(Settings.__dataclass_fields__) - {"file", "ignores"}
    values: dict[str, Any] = {"file": path}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            raise Problem(f"{path}: {key}: no such key; known are {', '.join(sorted(known))}")
        values[name] = value
    for name in ("select", "plugins", "rules"):
        if name in values:
            values[name] = _texts(values[name], name, path)
    for name, among in (("fail_on", FAIL_ON), ("typo_engine", ENGINES)):
        if name in values and values[name] not in among:
            raise Problem(f"{path}: {name}: {values[name]!r} is none of {', '.join(among)}")
    for name in ("profile", "format", "languagetool_url"):
        if not isinstance(values.get(name, ""), str):
            raise Problem(f"{path}: {name}: expected a text, found {values[name]!r}")
    if not isinstance(values.get("preview", False), bool):
        raise Problem(f"{path}: preview: expected true or false, found {values['preview']!r}")
    if "rules" in values:
        values["rules"] = tuple(path.parent / folder for folder in values["rules"])
    if "presend" in values:
        from .sending import read_sending  # few runs have that table, and its room takes long to load

        values["presend"] = read_sending(values["presend"], path)
    if "ignore" in values:
        values["ignore"], values["ignores"] = _ignores(values["ignore"], path)
    return Settings(**values)


def _texts(value: Any, key: str, path: Path) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise Problem(f"{path}: {key}: expected a list of texts, found {value!r}")
    return tuple(given)


def _ignores(value: Any, path: Path) -> tuple[tuple[str, ...], tuple[Ignore, ...]]:
    """Names leave a rule out altogether; ``[[ignore]]`` tables leave out findings, with the reason recorded."""
    plain, recorded = [], []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            plain.append(one)
        elif isinstance(one, Mapping) and set(one) <= {"rule", "text", "reason"} and {"rule", "reason"} <= set(one):
            recorded.append(Ignore(**{k: str(v) for k, v in one.items()}))
        else:
            raise Problem(f'{path}: ignore: each needs rule = "…" and reason = "…", and may have text = "…"')
    return tuple(plain), tuple(recorded)
