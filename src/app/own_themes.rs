//! Themes that outputs have of their own: read once, watched, and told where they cannot be used.

use std::{collections::BTreeMap, sync::Arc};

use super::routed::tell;
use crate::{
    director::{Director, ProblemKind},
    show::theme::Theme,
    themes::{self, ThemeError, ThemeWatch},
};

/// By the name that the outputs file gives them.
#[derive(Default)]
pub struct OwnThemes(BTreeMap<String, Own>);

/// One of them, and who looks after its folder.
struct Own {
    /// The last good one; none where there never was one.
    theme: Option<Arc<Theme>>,
    watch: ThemeWatch,
    /// What was told of it and still holds.
    fault: Option<String>,
}

impl OwnThemes {
    pub fn get(&self, name: &str) -> Option<&Arc<Theme>> {
        self.0.get(name)?.theme.as_ref()
    }

    /// Whether one of them was saved, and is about to be read.
    pub fn is_stirred(&self) -> bool {
        self.0.values().any(|own| own.watch.is_stirred())
    }

    /// Reads those that are new among `names`, takes those that were edited, forgets the others.
    pub fn look_after(&mut self, names: &[&str], director: &mut Director) {
        self.0.retain(|name, own| {
            let is_used = names.contains(&name.as_str());
            if !is_used {
                own.tell(None, director);
            }
            is_used
        });
        for name in names {
            if !self.0.contains_key(*name) {
                let (theme, watch, fault) = match themes::on_air(name) {
                    Ok(themes::OnAir { theme, watch, fault: None }) => (Some(theme), watch, None),
                    Ok(themes::OnAir { watch, fault, .. }) => (None, watch, fault),
                    Err(fault) => (None, ThemeWatch::idle(), Some(fault)),
                };
                let mut own = Own { theme, watch, fault: None };
                own.tell(fault.as_ref(), director);
                self.0.insert((*name).to_owned(), own);
            }
        }
        for own in self.0.values_mut() {
            match own.watch.poll() {
                None => {}
                Some(Ok(theme)) => {
                    own.theme = Some(theme);
                    own.tell(None, director);
                }
                Some(Err(fault)) => own.tell(Some(&fault), director),
            }
        }
    }
}

impl Own {
    /// What is wrong with it now, in place of what was.
    fn tell(&mut self, fault: Option<&ThemeError>, director: &mut Director) {
        let now_us = director.now_us();
        if let Some(before) = self.fault.take() {
            director.problems.settle_one(ProblemKind::Theme, &before, now_us);
        }
        if let Some(fault) = fault {
            tell(director, ProblemKind::Theme, fault);
            self.fault = Some(fault.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Typesetter;

    #[test]
    fn a_theme_that_is_not_there_is_told_once_and_settled_when_nobody_wants_it() {
        let mut director = Director::live(themes::built_in().unwrap(), Arc::new(Typesetter::new()));
        let mut own = OwnThemes::default();
        for _ in 0..3 {
            own.look_after(&["no-such-theme", "zhujin"], &mut director);
        }
        assert!(own.get("no-such-theme").is_none());
        assert!(own.get("zhujin").is_some());
        let told: Vec<u64> = director.problems.present().map(|problem| problem.count).collect();
        assert_eq!(told, [1]);
        own.look_after(&["zhujin"], &mut director);
        assert_eq!(director.problems.present().count(), 0);
    }
}
