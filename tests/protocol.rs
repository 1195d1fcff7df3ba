//! Promise: what is published about the protocol (schema and examples) is what the program reads and writes.

use std::{fs, path::PathBuf};

use leitai::show::protocol::{Envelope, Event, schema};
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/protocol")
}

fn example(name: &str) -> Value {
    let path = folder().join("examples").join(format!("{name}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_published_schema_is_made_from_the_types() {
    let path = folder().join("leitai.v1.schema.json");
    let fresh = schema::document();
    if std::env::var_os("LEITAI_BLESS").is_some() {
        fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&fresh).unwrap())).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    let published: Value = serde_json::from_str(&text).unwrap_or_default();
    assert!(published == fresh, "the schema is stale: run this test once with LEITAI_BLESS=1 and commit the file");
}

#[test]
fn every_event_has_an_example_that_survives_the_program() {
    for name in Event::NAMES {
        let written = example(name);
        let read = Envelope::from_value(written.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.event.name(), *name);
        assert_eq!(serde_json::to_value(&read).unwrap(), written, "{name}: nothing may be lost or added");
    }
}

#[test]
fn there_is_no_example_of_what_does_not_exist() {
    for file in fs::read_dir(folder().join("examples")).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(Event::NAMES.contains(&name.as_str()), "{}: no event is called so", file.display());
    }
}

/// The schema's own promise: an example's fields are all known to it, and all it requires is there.
#[test]
fn the_examples_fit_the_schema() {
    let document = schema::document();
    for name in Event::NAMES {
        let definition = &document["$defs"][*name];
        fits(&document, definition, &example(name), name);
    }
}

fn fits(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(target) = schema["$ref"].as_str() {
        let pointer = target.trim_start_matches('#');
        return fits(document, document.pointer(pointer).unwrap(), value, at);
    }
    if let Some(choices) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
        let constant = |choice: &&Value| choice["const"] == *value;
        if choices.iter().any(|choice| constant(&choice)) || value.is_null() {
            return;
        }
        let open = choices.iter().find(|choice| choice["const"].is_null() && choice["type"] != "null");
        return fits(document, open.unwrap_or_else(|| panic!("{at}: {value} is not allowed")), value, at);
    }
    if let Some(names) = schema["enum"].as_array() {
        assert!(names.contains(value), "{at}: {value} is none of {names:?}");
    }
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                let inner = &schema["properties"][key];
                assert!(!inner.is_null(), "{at}.{key} is not in the schema");
                fits(document, inner, field, &format!("{at}.{key}"));
            }
            for key in schema["required"].as_array().into_iter().flatten() {
                assert!(fields.contains_key(key.as_str().unwrap()), "{at}: the schema requires {key}");
            }
        }
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                fits(document, &schema["items"], item, &format!("{at}[{index}]"));
            }
        }
        _ => {}
    }
}
