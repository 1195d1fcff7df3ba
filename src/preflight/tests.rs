//! What the preflight finds, and that it finds nothing where nothing is.

use super::*;
use crate::{
    show::{
        frame::Class,
        theme::{Theme, source::shipped},
    },
    typeset::Typesetter,
};

fn found(look: &Theme) -> Vec<Finding> {
    let (set, scenes) = (Typesetter::new(), read_scenes(GALLERY).unwrap());
    let mut survey = Survey::new(look, &set);
    theme(&mut survey, &scenes, &|output| output.class == Class::Tv);
    survey.finish()
}

#[test]
fn the_shipped_theme_has_no_fault() {
    let mut all = vec![];
    for name in ["qingkong", "zhujin", "subai"] {
        println!("== {name}");
        let found = found(&shipped::theme(name));
        for finding in &found {
            println!(
                "{:?} {:?} {} {:?} {:?} +{} {:?} {:?}",
                finding.severity,
                finding.class,
                finding.subject.scene,
                finding.layer,
                finding.theme_paths,
                finding.also,
                finding.fault,
                finding.spot
            );
        }
        all.extend(found);
    }
    assert!(all.iter().all(|finding| finding.severity != Severity::Error));
}
