//! Promise: what is published about themes (schema, reference, example) is what the program reads.

use std::{fs, path::PathBuf};

use leitai::{
    show::{frame::Class, theme::reference},
    themes,
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/theme")
}

fn fresh(name: &str, text: &str) {
    let path = folder().join(name);
    if std::env::var_os("LEITAI_BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(published == text, "{name} is stale: run this test once with LEITAI_BLESS=1 and commit the file");
}

#[test]
fn schema_and_reference_are_made_from_the_types() {
    let theme = themes::built_in().unwrap();
    fresh("theme.schema.json", &format!("{}\n", serde_json::to_string_pretty(&reference::schema()).unwrap()));
    fresh("reference.md", &reference::markdown(&theme));
}

#[test]
fn the_example_changes_what_it_says_and_nothing_else() {
    let (example, own) = (themes::load("themes/example").unwrap().theme, themes::built_in().unwrap());
    assert_eq!(example.name, "示例");
    for class in Class::ALL {
        let (a, b) = (example.of(class), own.of(class));
        assert_ne!(a.palette.accent, b.palette.accent);
        assert_eq!(a.palette.ring, a.palette.accent);
        assert_eq!((a.palette.ink, &a.grounds, &a.motion), (b.palette.ink, &b.grounds, &b.motion));
        assert_eq!(a.typography.stem == b.typography.stem, class != Class::Wall);
        // The second screen begins with what the broadcast has.
        assert_eq!(a.layout == b.layout, !matches!(class, Class::Tv | Class::Confidence));
    }
}
