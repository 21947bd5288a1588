"""As much of JSON Schema as installer/policies uses; a keyword that it does not know is a fault."""

import re
from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]

_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
_NOTES = frozenset({"$schema", "$defs", "title", "description", "default"})


def is_valid(value: Any, schema: Schema, whole: Schema | None = None) -> bool:
    """Whether the value is valid by the schema; `whole` has the definitions that it refers to."""
    whole = schema if whole is None else whole
    return all(
        _holds(name, asked, value, schema, whole) for name, asked in schema.items() if name not in _NOTES
    )


def _holds(name: str, asked: Any, value: Any, schema: Schema, whole: Schema) -> bool:
    match name:
        case "$ref":
            return is_valid(value, whole["$defs"][asked.removeprefix("#/$defs/")], whole)
        case "type":
            return _TYPES[asked](value)
        case "enum":
            return value in asked
        case "anyOf":
            return any(is_valid(value, each, whole) for each in asked)
        case "pattern":
            return not isinstance(value, str) or re.search(asked, value) is not None
        case "minimum" | "maximum":
            return type(value) is not int or (value >= asked if name == "minimum" else value <= asked)
        case "minItems" | "maxItems" | "maxLength" | "maxProperties":
            sized = isinstance(
                value, str if name == "maxLength" else list if name.endswith("Items") else dict
            )
            return not sized or (len(value) >= asked if name == "minItems" else len(value) <= asked)
        case "items":
            return not isinstance(value, list) or all(is_valid(item, asked, whole) for item in value)
        case "required":
            return not isinstance(value, dict) or value.keys() >= set(asked)
        case "properties":
            return not isinstance(value, dict) or all(
                is_valid(value[each], asked[each], whole) for each in asked if each in value
            )
        case "additionalProperties":
            return _further(asked, value, schema, whole)
    raise AssertionError(f"{name} is a keyword that this does not know")


def _further(asked: Any, value: Any, schema: Schema, whole: Schema) -> bool:
    if not isinstance(value, dict):
        return True
    further = {name: each for name, each in value.items() if name not in schema.get("properties", {})}
    if asked is False:
        return not further
    return all(is_valid(each, asked, whole) for each in further.values())
