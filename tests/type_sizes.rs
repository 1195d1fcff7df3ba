//! The sizes of type that a whole show uses are few, and all of them the theme's: the renderer keeps an atlas of a MiB or
//! more for each, so a size that grows with time or with a figure would fill the memory of an evening.

use std::{collections::BTreeSet, fs, path::Path};

use leitai::{
    show::{
        clip::Clips,
        frame::{Class, Face, Output, Part, compose},
        protocol::Envelope,
        state::Show,
        theme::{Look, Role, Theme},
    },
    themes,
    typeset::Typesetter,
};

/// Font, weight and size in tenths of a px: what makes an atlas.
type Type = (bool, u16, u32);

/// The ring's figures beat in steps of so many px.
const BEAT_PX: u32 = 4;
/// Of the active team's name (look: 700, active 800).
const ACTIVE_WEIGHT: u16 = 800;
/// More would be a sign that sizes are made up as the show goes.
const MOST_TYPES: usize = 260;

fn tenths(size: f32) -> u32 {
    (size * 10.0).round() as u32
}

fn of_the_theme(class: Class, look: &Look) -> BTreeSet<Type> {
    let roles: Vec<&Role> = match class {
        Class::Confidence => look.monitor.roles().into_iter().map(|(_, role)| role).collect(),
        _ => look.typography.roles().into_iter().map(|(_, role)| role).collect(),
    };
    let steps = roles.iter().flat_map(|role| role.ladder.iter().map(move |step| (role, step)));
    // The name of the team that is on is set in the weight above its neighbours'.
    let on = look.typography.strip_name.ladder.iter().map(|step| (true, ACTIVE_WEIGHT, tenths(step.0)));
    steps.map(|(role, step)| (role.face == Face::Sans, role.weight, tenths(step.0))).chain(on).collect()
}

fn envelopes(tape: &Path) -> Vec<Envelope> {
    let text = fs::read_to_string(tape).unwrap();
    let values = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    values.filter_map(|line| Envelope::from_value(line.get("env")?.clone()).ok()).collect()
}

fn used(theme: &Theme, class: Class, set: &Typesetter) -> BTreeSet<Type> {
    let mut used = BTreeSet::new();
    let (w, h) = class.canvas();
    let output = Output::of(class, (w as u32, h as u32));
    for name in ["yantai", "liaoning", "zhongwei", "fujian"] {
        let tape = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/shows/{name}.tape.ndjson"));
        let (mut show, envelopes) = (Show::default(), envelopes(&tape));
        assert!(envelopes.len() > 50, "{name}");
        for (i, envelope) in envelopes.iter().enumerate() {
            show.apply(envelope);
            let next = envelopes.get(i + 1).map_or(i64::MAX, |next| next.at);
            for after_us in [180_000, 2_000_000] {
                let now = (envelope.at + after_us).min(next.max(envelope.at));
                for layer in compose(&show, theme, &output, set, Clips::none(), now).layers {
                    used.extend(layer.content.parts.iter().filter_map(|part| match part {
                        Part::Text { style, .. } => Some((style.face == Face::Sans, style.weight, tenths(style.size))),
                        _ => None,
                    }));
                }
            }
        }
    }
    used
}

#[test]
fn a_show_uses_few_sizes_of_type_and_only_the_themes() {
    let (theme, set) = (themes::built_in().unwrap(), Typesetter::new());
    for class in [Class::Tv, Class::Wall, Class::Confidence] {
        let (used, ladders) = (used(&theme, class, &set), of_the_theme(class, theme.of(class)));
        let beats = |(is_sans, _, size): &Type| !is_sans && size % (10 * BEAT_PX) == 0;
        let own: Vec<&Type> = used.iter().filter(|used| !ladders.contains(used) && !beats(used)).collect();
        println!("{}: {} of {} sizes of type used", class.name(), used.len(), ladders.len());
        assert!(own.is_empty(), "{}: {own:?} stand in no ladder", class.name());
        assert!(used.len() < MOST_TYPES, "{}: {} sizes of type", class.name(), used.len());
    }
}
