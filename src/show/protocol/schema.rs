//! The protocol as one JSON Schema, made from the types: what a stranger's scoring system is checked against.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{
    Event, VERSION,
    control::{ClientMessage, Control},
};

/// Every message of the protocol, JSON Schema 2020-12. The same types give the same text, byte for byte.
pub fn document() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let client = generator.subschema_for::<ClientMessage>();
    let control = generator.subschema_for::<Control>();
    let events = Event::schemas(&mut generator);
    let mut definitions: Map<String, Value> = generator.take_definitions(true);
    let mut branches = Vec::new();
    for (name, data) in events {
        definitions.insert(name.to_owned(), envelope(name, &data.to_value()));
        branches.push(json!({"$ref": format!("#/$defs/{name}")}));
    }
    definitions.insert("Envelope".to_owned(), json!({"description": "An event of the log.", "oneOf": branches}));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("leitai.v{VERSION}"),
        "description": "One WebSocket text message: an event of the log, or a control message of either side.",
        "anyOf": [{"$ref": "#/$defs/Envelope"}, control, client],
        "$defs": definitions
    })
}

/// The envelope round one event's `data`.
fn envelope(name: &str, data: &Value) -> Value {
    let link = json!({"type": ["integer", "null"], "minimum": 1});
    json!({
        "type": "object",
        "required": ["v", "epoch", "seq", "at", "type", "data"],
        "properties": {
            "v": {"const": VERSION},
            "epoch": {"type": "string", "description": "Another epoch discards all that came before it."},
            "seq": {"type": "integer", "minimum": 1, "description": "1, 2, 3… without gaps inside an epoch."},
            "at": {"type": "integer", "description": "µs since the Unix epoch on the server's clock, never decreasing."},
            "type": {"const": name},
            "data": data,
            "cause": link,
            "corrects": link
        }
    })
}
