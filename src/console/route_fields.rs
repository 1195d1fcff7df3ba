//! One output's fields: as the outputs file has them, each with what may stand there.

use bevy_egui::egui::{ComboBox, DragValue, Sense, Ui, vec2};

use super::{
    screen::Desk,
    style::{self, Look as Button},
};
use crate::{
    routing::{Display, Encoder, Fold, Look, Place, Route, Slice, Turn, Wire},
    show::{
        frame::{Class, Lang, Rgba},
        rate::Rate,
    },
};

/// Rates on offer; a file may have others.
const RATES: [(u32, u32); 9] =
    [(24_000, 1_001), (24, 1), (25, 1), (30_000, 1_001), (30, 1), (50, 1), (60_000, 1_001), (60, 1), (100, 1)];
/// What stands before a field, px wide.
const LABEL: f32 = 96.0;

pub fn show(ui: &mut Ui, desk: &Desk, route: &mut Route, number: usize) {
    ui.push_id(("route", number), |ui| {
        row(ui, desk.word("console-route-name"), |ui| {
            let width = (ui.available_size_before_wrap().x - 4.0).max(120.0);
            style::field(ui, "name", &mut route.name, "", width);
        });
        row(ui, desk.word("console-route-class"), |ui| {
            let mut class = route.class;
            choose(ui, "class", class_word(desk, class), Class::ALL, &mut class, |class| {
                class_word(desk, *class).to_owned()
            });
            route.class = class;
            pixels(ui, &mut route.raster.0, 16, 7680);
            ui.label("×");
            pixels(ui, &mut route.raster.1, 16, 4320);
        });
        row(ui, desk.word("console-route-rate"), |ui| {
            let shown = route.rate.to_string();
            let rates = RATES.map(|(num, den)| Rate { num, den });
            choose(ui, "rate", &shown, rates, &mut route.rate, ToString::to_string);
            let label = desk.word("console-route-burn");
            if style::key_button(ui, vec2(150.0, 40.0), label, "", Button::on(route.burn)).clicked() {
                route.burn = !route.burn;
            }
        });
        row(ui, desk.word("console-route-delay"), |ui| {
            ui.add(DragValue::new(&mut route.audio_delay_ms).range(-10_000..=10_000).suffix(" ms"));
        });
        row(ui, desk.word("console-route-theme"), |ui| {
            let same = desk.word("console-route-same");
            let shown = route.theme.clone().unwrap_or_else(|| same.to_owned());
            let themes = std::iter::once(None).chain(desk.view.themes.iter().cloned().map(Some));
            choose(ui, "theme", &shown, themes, &mut route.theme, |theme| {
                theme.clone().unwrap_or_else(|| same.to_owned())
            });
            let spoken = |lang: &Option<Lang>| lang.map_or_else(|| same.to_owned(), |lang| lang.name().to_owned());
            let shown = spoken(&route.lang);
            let langs = std::iter::once(None).chain(Lang::ALL.into_iter().map(Some));
            choose(ui, "lang", &shown, langs, &mut route.lang, spoken);
        });
        look(ui, desk, route);
        place(ui, desk, &mut route.place);
        slices(ui, desk, route);
    });
}

/// A class as the crew calls it.
pub fn class_word<'a>(desk: &Desk<'a>, class: Class) -> &'a str {
    desk.word(match class {
        Class::Wall => "testcard-wall",
        Class::Tv => "testcard-tv",
        Class::Stream => "testcard-stream",
        Class::Confidence => "testcard-confidence",
    })
}

fn row(ui: &mut Ui, label: &str, fields: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL, 40.0), Sense::hover());
        style::line(ui.painter(), rect.left_center(), LABEL, label, style::text(15.0), style::DIM);
        fields(ui);
    });
}

fn pixels(ui: &mut Ui, value: &mut u32, least: u32, most: u32) {
    ui.add(DragValue::new(value).range(least..=most).speed(2.0));
}

fn choose<T: PartialEq>(
    ui: &mut Ui,
    salt: &str,
    shown: &str,
    all: impl IntoIterator<Item = T>,
    value: &mut T,
    label: impl Fn(&T) -> String,
) {
    ComboBox::from_id_salt(salt).selected_text(shown).width(118.0).show_ui(ui, |ui| {
        for one in all {
            let text = label(&one);
            ui.selectable_value(value, one, text);
        }
    });
}

fn look(ui: &mut Ui, desk: &Desk, route: &mut Route) {
    let word = |look: &Look| {
        desk.word(match look {
            Look::Straight => "console-look-straight",
            Look::Premultiplied => "console-look-premultiplied",
            Look::Key => "console-look-key",
            Look::FillAndKey => "console-look-fill-and-key",
            Look::Over(_) => "console-look-over",
        })
        .to_owned()
    };
    row(ui, desk.word("console-route-look"), |ui| {
        let over = match route.look {
            Look::Over(colour) => colour,
            _ => Rgba::rgb8(0, 255, 0),
        };
        let all = [Look::Straight, Look::Premultiplied, Look::Key, Look::FillAndKey, Look::Over(over)];
        choose(ui, "look", &word(&route.look), all, &mut route.look, word);
        if let Look::Over(colour) = &mut route.look {
            let mut rgb = [colour.r, colour.g, colour.b];
            if ui.color_edit_button_rgb(&mut rgb).changed() {
                *colour = Rgba { r: rgb[0], g: rgb[1], b: rgb[2], a: 1.0 };
            }
        }
    });
}

/// Which kind of place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nowhere,
    Window,
    Transparent,
    Display,
    Pipe,
    Memory,
    Ffmpeg,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::Nowhere, Self::Window, Self::Transparent, Self::Display, Self::Pipe, Self::Memory, Self::Ffmpeg];

    const fn of(place: &Place) -> Self {
        match place {
            Place::Nowhere => Self::Nowhere,
            Place::Window { transparent: false } => Self::Window,
            Place::Window { transparent: true } => Self::Transparent,
            Place::Display(_) => Self::Display,
            Place::Pipe { .. } => Self::Pipe,
            Place::Memory { .. } => Self::Memory,
            Place::Ffmpeg(_) => Self::Ffmpeg,
        }
    }

    fn empty(self) -> Place {
        match self {
            Self::Nowhere => Place::Nowhere,
            Self::Window => Place::Window { transparent: false },
            Self::Transparent => Place::Window { transparent: true },
            Self::Display => Place::Display(Display::default()),
            Self::Pipe => Place::Pipe { path: "".into(), wire: Wire::Rgba },
            Self::Memory => Place::Memory { name: String::new() },
            Self::Ffmpeg => Place::Ffmpeg(Encoder::default()),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Nowhere => "outputs-place-nowhere",
            Self::Window => "outputs-place-window",
            Self::Transparent => "outputs-place-window.transparent",
            Self::Display => "console-place-display",
            Self::Pipe => "console-place-pipe",
            Self::Memory => "console-place-memory",
            Self::Ffmpeg => "console-place-ffmpeg",
        }
    }
}

fn place(ui: &mut Ui, desk: &Desk, place: &mut Place) {
    row(ui, desk.word("console-route-place"), |ui| {
        let before = Kind::of(place);
        let mut kind = before;
        choose(ui, "place", desk.word(kind.word()), Kind::ALL, &mut kind, |kind| desk.word(kind.word()).to_owned());
        if kind != before {
            *place = kind.empty();
        }
    });
    let width = (ui.available_width() - LABEL - 12.0).max(140.0);
    let field = |ui: &mut Ui, salt: &str, text: &mut String, hint: &str| style::field(ui, salt, text, hint, width);
    match place {
        Place::Display(display) => row(ui, desk.word("console-place-display"), |ui| self::display(ui, desk, display)),
        Place::Pipe { path, wire } => row(ui, "", |ui| {
            let mut text = path.display().to_string();
            if field(ui, "pipe", &mut text, desk.word("console-place-path")).changed() {
                *path = text.into();
            }
            let label = |wire: &Wire| if *wire == Wire::Rgba { "rgba" } else { "y4m" }.to_owned();
            choose(ui, "wire", &label(wire), [Wire::Rgba, Wire::Y4m], wire, label);
        }),
        Place::Memory { name } => row(ui, "", |ui| drop(field(ui, "memory", name, desk.word("console-route-name")))),
        Place::Ffmpeg(encoder) => {
            row(ui, "", |ui| drop(field(ui, "to", &mut encoder.to, "rtmp://…  srt://…  show.mp4")));
            row(ui, "", |ui| {
                let mut format = encoder.format.clone().unwrap_or_default();
                style::field(ui, "format", &mut format, desk.word("console-place-format"), 130.0);
                encoder.format = Some(format.trim().to_owned()).filter(|format| !format.is_empty());
                let label = desk.word("console-place-sound");
                if style::key_button(ui, vec2(110.0, 40.0), label, "", Button::on(encoder.sound)).clicked() {
                    encoder.sound = !encoder.sound;
                }
            });
            row(ui, "", |ui| {
                let mut text = encoder.arguments.join(" ");
                if field(ui, "arguments", &mut text, desk.word("console-place-arguments")).changed() {
                    encoder.arguments = text.split(' ').map(str::to_owned).collect();
                }
            });
        }
        Place::Nowhere | Place::Window { .. } => {}
    }
}

/// The displays that are here, in a list; one that is not stays as it is written.
fn display(ui: &mut Ui, desk: &Desk, display: &mut Display) {
    let shown = if display.is_nameless() { desk.word("console-place-choose").to_owned() } else { display.called() };
    ComboBox::from_id_salt("display").selected_text(shown).width(200.0).show_ui(ui, |ui| {
        for here in desk.view.routes.here.iter() {
            let (width, height) = here.size;
            let label = format!("{}  {width}×{height}", here.called());
            if ui.selectable_label(display.is(here), label).clicked() {
                *display = Display { scale: display.scale, ..here.identity() };
            }
        }
    });
    let label = desk.word("console-place-scale");
    if style::key_button(ui, vec2(110.0, 40.0), label, "", Button::on(display.scale)).clicked() {
        display.scale = !display.scale;
    }
}

/// The fold: a row for each slice.
fn slices(ui: &mut Ui, desk: &Desk, route: &mut Route) {
    row(ui, desk.word("console-route-slices"), |ui| {
        let is_folded = route.slices.is_some();
        let label = desk.word("console-slices-fold");
        if style::key_button(ui, vec2(110.0, 40.0), label, "", Button::on(is_folded)).clicked() {
            let (width, height) = route.raster;
            let whole = Slice { from: (0, 0, width, height), ..Slice::default() };
            route.slices = (!is_folded).then(|| Fold { raster: route.raster, slices: vec![whole] });
        }
        if let Some(fold) = &mut route.slices {
            pixels(ui, &mut fold.raster.0, 16, 7680);
            ui.label("×");
            pixels(ui, &mut fold.raster.1, 16, 4320);
            if style::key_button(ui, vec2(92.0, 40.0), desk.word("console-slices-add"), "", Button::Plain).clicked() {
                fold.slices.push(Slice { from: (0, 0, 64, 64), ..Slice::default() });
            }
        }
    });
    let Some(fold) = &mut route.slices else { return };
    let mut gone = None;
    for (i, slice) in fold.slices.iter_mut().enumerate() {
        ui.push_id(("slice", i), |ui| {
            ui.horizontal_wrapped(|ui| {
                let mut name = slice.name.clone().unwrap_or_default();
                style::field(ui, "slice", &mut name, &(i + 1).to_string(), 90.0);
                slice.name = Some(name).filter(|name| !name.is_empty());
                let (left, top, width, height) = &mut slice.from;
                for value in [left, top, width, height] {
                    pixels(ui, value, 0, 7680);
                }
                ui.label("→");
                pixels(ui, &mut slice.to.0, 0, 7680);
                pixels(ui, &mut slice.to.1, 0, 4320);
                let label = |turn: &Turn| format!("{}°", turn.degrees());
                ComboBox::from_id_salt("turn").selected_text(label(&slice.turn)).width(64.0).show_ui(ui, |ui| {
                    for turn in Turn::ALL {
                        ui.selectable_value(&mut slice.turn, turn, label(&turn));
                    }
                });
                if style::key_button(ui, vec2(64.0, 40.0), desk.word("console-outputs-remove"), "", Button::Plain)
                    .clicked()
                {
                    gone = Some(i);
                }
            });
        });
    }
    if let Some(gone) = gone {
        fold.slices.remove(gone);
    }
}
