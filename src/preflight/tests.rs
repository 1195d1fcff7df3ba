//! What the preflight finds, and that it finds nothing where nothing is.

use super::*;
use crate::{
    show::{
        frame::Rgba,
        theme::Theme,
    },
    typeset::Typesetter,
};

fn shipped() -> Theme {
    ron::from_str(include_str!("../../themes/qingkong/theme.ron")).unwrap()
}

fn found(look: &Theme) -> Vec<Finding> {
    let (set, scenes) = (Typesetter::new(), read_scenes(GALLERY).unwrap());
    let mut survey = Survey::new(look, &set);
    theme(&mut survey, &scenes, &|_| true);
    survey.finish()
}

#[test]
fn the_shipped_theme_has_no_fault() {
    let found = found(&shipped());
    for finding in &found {
        println!("{:?} {:?} {} {:?} {:?} +{} {:?} {:?}", finding.severity, finding.class, finding.subject.scene, finding.layer, finding.theme_paths, finding.also, finding.fault, finding.spot);
    }
    assert!(found.iter().all(|finding| finding.severity != Severity::Error));
}
