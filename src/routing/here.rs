//! Displays that are here, and which of them each output fills: by what is given of it, and never by its place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Display, Place, Route};

/// A display that is here and on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Here {
    /// As the system names the socket: `HDMI-1`.
    pub connector: String,
    /// What it says of itself (EDID): name, serial number, three letters for who made it.
    pub name: Option<String>,
    pub serial: Option<String>,
    pub maker: Option<String>,
    /// Left, top of the desktop, physical px.
    pub at: (i32, i32),
    /// Physical px.
    pub size: (u32, u32),
    /// Pictures a second, thousandths.
    pub rate_millihz: Option<u32>,
}

impl Here {
    /// As the operator is told: `HDMI-1 · NovaStar · 12345`.
    pub fn called(&self) -> String {
        let parts = [Some(&self.connector), self.name.as_ref(), self.serial.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
    }

    /// All that is known of it, for an output that is to fill it: the serial where there is one, else the socket.
    pub fn identity(&self) -> Display {
        let is_known = self.serial.is_some();
        Display {
            connector: (!is_known).then(|| self.connector.clone()),
            name: self.name.clone().filter(|_| is_known),
            serial: self.serial.clone(),
            scale: false,
        }
    }
}

impl Here {
    /// Whether `other` is the same display: in the same socket, or elsewhere by a serial number that is nobody else's.
    fn is_again(&self, other: &Self, here: &[Self]) -> bool {
        let alike = here.iter().filter(|one| one.serial == self.serial).count();
        self.connector == other.connector || (self.serial.is_some() && self.serial == other.serial && alike == 1)
    }
}

impl Display {
    /// Whether it is this one: everything that is given matches.
    pub fn is(&self, here: &Here) -> bool {
        let given = |said: &Option<String>, is: Option<&String>| {
            said.as_deref().is_none_or(|said| is.is_some_and(|is| is.trim().eq_ignore_ascii_case(said.trim())))
        };
        !self.is_nameless()
            && given(&self.connector, Some(&here.connector))
            && given(&self.name, here.name.as_ref())
            && given(&self.serial, here.serial.as_ref())
    }

    /// As the operator is told: what is given of it.
    pub fn called(&self) -> String {
        let given = [&self.connector, &self.name, &self.serial];
        given.into_iter().flatten().map(|said| said.trim()).collect::<Vec<_>>().join(" · ")
    }
}

/// Which display each output filled last, by the output's name, and what it was asked to fill then.
pub type Bound = BTreeMap<String, (Display, Here)>;

/// For each output the display that it fills, by its place in `here`; none where it fills none, or where its display is
/// not here or taken by another output: those that name a socket come first, then their order. Of several that are alike
/// the leftmost, then the topmost; but one that has filled a display fills that one again, in its socket or known by its
/// serial number, and no other that is like it.
pub fn assign(routes: &[Route], here: &[Here], bound: &Bound) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..here.len()).collect();
    order.sort_by_key(|i| here.get(*i).map(|here| (here.at, here.connector.clone())));
    let mut taken = vec![false; here.len()];
    let mut filled = vec![None; routes.len()];
    for names_socket in [true, false] {
        for (route, filled) in routes.iter().zip(&mut filled) {
            let Place::Display(wanted) = &route.place else { continue };
            if wanted.connector.is_some() != names_socket {
                continue;
            }
            let before = bound.get(&route.name).filter(|(asked, _)| asked == wanted).map(|(_, before)| before);
            let is_it = |i: &usize| {
                here.get(*i).is_some_and(|one| wanted.is(one) && before.is_none_or(|before| before.is_again(one, here)))
            };
            *filled = order.iter().copied().find(|i| !taken[*i] && is_it(i));
            if let Some(found) = *filled {
                taken[found] = true;
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(connector: &str, name: Option<&str>, serial: Option<&str>, left: i32) -> Here {
        let own = |text: &str| text.to_owned();
        Here {
            connector: own(connector),
            name: name.map(own),
            serial: serial.map(own),
            at: (left, 0),
            size: (1920, 1080),
            ..Here::default()
        }
    }

    fn on(connector: Option<&str>, name: Option<&str>, serial: Option<&str>) -> Route {
        let own = |text: &str| text.to_owned();
        let display =
            Display { connector: connector.map(own), name: name.map(own), serial: serial.map(own), scale: false };
        Route { place: Place::Display(display), ..Route::default() }
    }

    #[test]
    fn an_output_fills_the_display_that_is_meant_wherever_it_is_plugged_in() {
        let novastar = |connector, left| here(connector, Some("NovaStar"), Some("A1"), left);
        let beamer = |connector, left| here(connector, Some("BenQ"), None, left);
        let wall = on(None, Some("novastar"), Some("A1"));
        assert_eq!(
            assign(std::slice::from_ref(&wall), &[beamer("HDMI-1", 0), novastar("DP-2", 1920)], &Bound::new()),
            [Some(1)]
        );
        assert_eq!(
            assign(std::slice::from_ref(&wall), &[novastar("HDMI-1", 1920), beamer("DP-2", 0)], &Bound::new()),
            [Some(0)]
        );
        assert_eq!(assign(&[wall], &[beamer("DP-2", 0)], &Bound::new()), [None], "and no other one");
        assert_eq!(
            assign(
                &[on(Some("HDMI-1"), Some("BenQ"), None)],
                &[novastar("HDMI-1", 0), beamer("DP-2", 0)],
                &Bound::new()
            ),
            [None]
        );
    }

    #[test]
    fn a_display_shows_one_output_and_alike_ones_are_taken_from_the_left() {
        let alike = [here("DP-2", Some("X"), None, 1920), here("DP-1", Some("X"), None, 0)];
        let any = on(None, Some("X"), None);
        assert_eq!(assign(&[any.clone(), any.clone(), any], &alike, &Bound::new()), [Some(1), Some(0), None]);
        assert_eq!(assign(&[Route::default(), on(None, None, None)], &alike, &Bound::new()), [None, None]);
    }

    #[test]
    fn an_output_whose_display_has_gone_waits_for_it_and_takes_no_other_that_is_like_it() {
        let (left, right) = (here("DP-1", Some("X"), None, 0), here("DP-2", Some("X"), None, 1920));
        let outputs = [
            Route { name: "a".into(), ..on(None, Some("X"), None) },
            Route { name: "b".into(), ..on(Some("DP-1"), None, None) },
        ];
        let first = assign(&outputs, &[left.clone(), right.clone()], &Bound::new());
        assert_eq!(first, [Some(1), Some(0)], "who names a socket comes first");
        let Place::Display(wanted) = &outputs[0].place else { panic!("it fills one") };
        let bound = Bound::from([("a".to_owned(), (wanted.clone(), right.clone()))]);
        assert_eq!(assign(&outputs[..1], std::slice::from_ref(&left), &bound), [None]);
        assert_eq!(assign(&outputs[..1], &[left, right], &bound), [Some(1)]);
        let serial = |connector, left| here(connector, Some("X"), Some("7"), left);
        let bound = Bound::from([("a".to_owned(), (wanted.clone(), serial("DP-1", 0)))]);
        assert_eq!(assign(&outputs[..1], &[serial("HDMI-1", 0)], &bound), [Some(0)], "itself, in another socket");
    }

    #[test]
    fn a_display_is_known_by_its_serial_where_it_has_one() {
        let named = here("DP-1", Some("X"), Some("7"), 0);
        assert_eq!(named.identity().called(), "X · 7");
        assert!(named.identity().is(&here("HDMI-3", Some("X"), Some("7"), 9)));
        assert_eq!(here("DP-1", Some("X"), None, 0).identity().called(), "DP-1");
        assert_eq!(named.called(), "DP-1 · X · 7");
    }
}
