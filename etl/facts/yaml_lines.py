"""YAML that remembers on which line each value stands.

Differs from plain YAML 1.1: only true and false are truth values (`on`, `no`, `yes` stay text), a key written
twice is an error instead of the last one winning, and a number in another form than digits with a dot before the
decimals, or one that can be read in two ways (334.000, 010, 1_000, 12:30), stays text, which no number field takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from etl.parsing.parse_numbers import is_data_number

Path = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """The safe loader (the fast one: PyYAML's wheels carry it) without the truth values of YAML 1.1."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _date_or_text(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """Leave a day that no calendar has as text, so that the shape refuses it at its own line."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


def _integer_or_text(loader: _Loader, node: yaml.ScalarNode) -> Any:
    return loader.construct_yaml_int(node) if is_data_number(node.value) else node.value


def _decimal_or_text(loader: _Loader, node: yaml.ScalarNode) -> Any:
    return loader.construct_yaml_float(node) if is_data_number(node.value) else node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date_or_text)
_Loader.add_constructor("tag:yaml.org,2002:int", _integer_or_text)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal_or_text)


class YamlError(ValueError):
    """The text is no YAML or repeats a key; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file and the line of every key and item by its path."""

    content: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of a value; for one that is absent, the line of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> Document:
    """Read one document; raises YamlError with the line when it cannot be read."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Document(None, {})
        lines = dict(_lines(node, ()))
        return Document(loader.construct_document(node), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, error.problem or "") from error
    except (yaml.YAMLError, ValueError) as error:
        raise YamlError(getattr(error, "line", 1), str(error)) from error
    finally:
        loader.dispose()


def _lines(node: yaml.Node, path: Path) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                raise YamlError(line, f'khóa "{key.value}" ghi hai lần')
            seen.add(key.value)
            yield from _lines(value, (*path, key.value))
            yield (*path, key.value), line
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _lines(item, (*path, index))
