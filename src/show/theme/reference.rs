//! The reference for whoever makes a theme, from the types themselves: a JSON Schema for editors, and pages to read.

use std::fmt::Write;

use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{Look, Theme};
use crate::show::frame::Class;

const LENGTH: &str = "px of the class's canvas, or \"4u\" (grid units), \"c3\" (a column's left edge), \"3c\" (a width in \
                      columns), \"50%\" (of the canvas)";
const ANCHOR: &str = "measures x and y inwards from this corner, edge or the centre";

/// The JSON Schema of a theme file. Every field may be left out: what is not said is the extended theme's.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let look = definitions(&mut generator);
    let mut defs: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    for definition in defs.values_mut() {
        loosen(definition);
    }
    shorten(&mut defs);
    let mut fields = look.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let own =
        |class: Class| json!({ "$ref": "#/$defs/Look", "description": format!("Only in the {} class.", class.name()) });
    fields.insert("name".into(), json!({ "type": "string", "description": "As the operator sees it." }));
    fields.insert(
        "extends".into(),
        json!({ "type": "string", "description": "The theme that this one stands on: a folder beside it, or a shipped one." }),
    );
    fields.insert(
        "parts".into(),
        json!({ "type": "array", "items": { "type": "string" }, "description": "Further files of the folder, laid over this one." }),
    );
    for class in Class::ALL {
        fields.insert(class.name().into(), own(class));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "leitai.theme.v1",
        "title": "leitai theme",
        "description": "A theme.ron, as JSON would write it: ( ) is an object, a tuple is an array.",
        "type": "object",
        "properties": fields,
        "additionalProperties": false,
        "$defs": defs,
    })
}

/// The look's own definition, without what must be given.
fn definitions(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<Look>();
    let mut look = generator.definitions().get("Look").cloned().unwrap_or_default();
    loosen(&mut look);
    look
}

fn loosen(schema: &mut Value) {
    if let Some(fields) = schema.as_object_mut() {
        fields.remove("required");
    }
}

/// Places may be written in grid units and from an anchor.
fn shorten(defs: &mut Map<String, Value>) {
    let length = json!({ "type": ["number", "string"], "description": LENGTH });
    let anchors = ["TopLeft", "Top", "TopRight", "Left", "Centre", "Right", "BottomLeft", "Bottom", "BottomRight"];
    for (name, keys) in [("Point", ["x", "y"].as_slice()), ("Rect", &["x", "y", "w", "h"])] {
        let Some(fields) = defs.get_mut(name).and_then(|d| d.get_mut("properties")).and_then(Value::as_object_mut)
        else {
            continue;
        };
        for key in keys {
            fields.insert((*key).into(), length.clone());
        }
        fields.insert("from".into(), json!({ "enum": anchors, "description": ANCHOR }));
    }
}

/// The reference in Markdown, with the values of `theme`'s TV class.
pub fn markdown(theme: &Theme) -> String {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let look = definitions(&mut generator);
    let defs = generator.take_definitions(true);
    let values = serde_json::to_value(theme.of(Class::Tv)).unwrap_or_default();
    let mut page = String::from(HEAD);
    let sections = look.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    for (name, schema) in &sections {
        let _infallible = write!(page, "\n## {name}\n");
        table(&mut page, name, schema, &defs, values.get(name).unwrap_or(&Value::Null));
    }
    page
}

const HEAD: &str = "\
# Theme reference

Made from the program's own types; `assets/theme/README.md` says how to make a theme. Every field may be left out: what is
not said is the extended theme's. Values are those of 晴空 in the TV class, as a theme file writes them. px are px of the
class's canvas (wall 3840 × 1080, the others 1920 × 1080); `Ms` is a span in ms, written `(400)`; colours are
`\"#RRGGBB\"` or `\"#RRGGBBAA\"`; a kind with `?` may be `None`. Besides what follows a file has `name`, `extends`, `parts`,
and `wall`, `tv`, `stream`, `confidence` with the same fields for one class; `confidence` stands on `tv`.
";

/// One table of the fields of a struct, then those of the structs within.
fn table(page: &mut String, path: &str, schema: &Value, defs: &Map<String, Value>, value: &Value) {
    let schema = resolved(schema, defs);
    if let Some(about) = schema.get("description").and_then(Value::as_str) {
        let _infallible = write!(page, "\n{}\n", one_line(about));
    }
    let Some(fields) = schema.get("properties").and_then(Value::as_object) else {
        let _infallible = write!(page, "\nA map by name.\n");
        return;
    };
    let mut inner = Vec::new();
    let mut rows = String::new();
    for (name, field) in fields {
        let at = value.get(name).unwrap_or(&Value::Null);
        let target = resolved(field, defs);
        let is_section = target.get("properties").is_some() && !matches!(kind(field, defs).as_str(), "Point" | "Rect");
        if is_section {
            inner.push((name, field, at));
        }
        let about =
            field.get("description").or_else(|| target.get("description")).and_then(Value::as_str).unwrap_or("");
        let shown = if is_section { format!("see `{path}.{name}`") } else { format!("`{}`", written(at, field, defs)) };
        let _infallible = writeln!(rows, "| `{name}` | {} | {} | {shown} |", kind(field, defs), one_line(about));
    }
    let _infallible = write!(page, "\n| field | kind | meaning | value |\n|---|---|---|---|\n{rows}");
    for (name, field, at) in inner {
        let path = format!("{path}.{name}");
        let _infallible = write!(page, "\n### {path}\n");
        table(page, &path, field, defs, at);
    }
}

fn resolved<'a>(schema: &'a Value, defs: &'a Map<String, Value>) -> &'a Value {
    match reference(schema) {
        Some(name) => defs.get(name).unwrap_or(schema),
        None => schema,
    }
}

/// The definition that a schema refers to, also where it may be left out.
fn reference(schema: &Value) -> Option<&str> {
    let direct = schema.get("$ref").and_then(Value::as_str);
    let optional = || {
        let either = schema.get("anyOf")?.as_array()?;
        either.iter().find_map(|one| one.get("$ref")?.as_str())
    };
    direct.or_else(optional)?.rsplit('/').next()
}

/// What may stand in a field, in a word.
fn kind(schema: &Value, defs: &Map<String, Value>) -> String {
    if let Some(name) = reference(schema) {
        let optional = if schema.get("anyOf").is_some() { "?" } else { "" };
        let target = defs.get(name).unwrap_or(schema);
        let words: Option<Vec<String>> = target
            .get("enum")
            .and_then(Value::as_array)
            .map(|all| all.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect());
        return words.map_or_else(|| format!("{name}{optional}"), |words| words.join(" "));
    }
    match schema.get("type") {
        Some(Value::String(kind)) if kind == "array" => match (schema.get("items"), schema.get("prefixItems")) {
            (_, Some(Value::Array(items))) => {
                let kinds: Vec<String> = items.iter().map(|item| self::kind(item, defs)).collect();
                format!("({})", kinds.join(", "))
            }
            (Some(items), _) => format!("list of {}", self::kind(items, defs)),
            _ => "list".to_owned(),
        },
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect::<Vec<_>>().join(" or ")
        }
        _ => "any".to_owned(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// A value as a theme file writes it.
fn written(value: &Value, schema: &Value, defs: &Map<String, Value>) -> String {
    let target = resolved(schema, defs);
    let of = |schema: Option<&Value>, value: &Value| written(value, schema.unwrap_or(&Value::Null), defs);
    let text = match value {
        Value::Null => "None".to_owned(),
        Value::String(word) if target.get("enum").is_some() || target.get("oneOf").is_some() => word.clone(),
        Value::Number(number) => {
            let number = number.as_f64().map_or_else(|| number.to_string(), |number| (number as f32).to_string());
            if reference(schema) == Some("Ms") { format!("({number})") } else { number }
        }
        Value::Array(items) => match target.get("prefixItems").and_then(Value::as_array) {
            Some(kinds) => {
                let items: Vec<String> = items.iter().enumerate().map(|(i, item)| of(kinds.get(i), item)).collect();
                format!("({})", items.join(", "))
            }
            None => {
                let items: Vec<String> = items.iter().map(|item| of(target.get("items"), item)).collect();
                format!("[{}]", items.join(", "))
            }
        },
        Value::Object(fields) => match target.get("properties") {
            Some(kinds) => {
                let part = |(name, value): (&String, &Value)| format!("{name}: {}", of(kinds.get(name), value));
                format!("({})", fields.iter().map(part).collect::<Vec<_>>().join(", "))
            }
            None => {
                let kind = target.get("additionalProperties");
                let part = |(name, value): (&String, &Value)| format!("\"{name}\": {}", of(kind, value));
                format!("{{{}}}", fields.iter().map(part).collect::<Vec<_>>().join(", "))
            }
        },
        other => other.to_string(),
    };
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::theme::source::shipped;

    #[test]
    fn every_section_is_told_with_its_values() {
        let page = markdown(&shipped::theme("qingkong"));
        for part in ["## palette", "### palette.tones", "### layout.card", "| `plate` |", "#FFB73DFF", "## flags"] {
            assert!(page.contains(part), "{part}");
        }
    }

    #[test]
    fn nothing_in_the_schema_must_be_given() {
        let schema = schema();
        assert!(!schema.to_string().contains("\"required\""));
        assert_eq!(schema["properties"]["extends"]["type"], "string");
        assert!(schema["$defs"]["Rect"]["properties"]["from"].is_object());
    }
}
