use std::path::Path;

use super::*;
use crate::locale;
use crate::show::frame::Lang as Spoken;

const FILE: &str = "outputs.ron";

fn error(text: &str) -> RouteError {
    read(text, Path::new(FILE)).unwrap_err()
}

/// A faulty output's place and sentence in both languages.
fn told(fields: &str) -> (Option<(usize, usize)>, String, String) {
    let error = error(&format!("(outputs: [\n  (name: \"a\", {fields}),\n])"));
    assert_eq!(locale::tell(Spoken::En, &error), error.to_string());
    let zh = locale::tell(Spoken::Zh, &error);
    assert!(!zh.contains(['$', '{']) && zh.chars().any(|c| ('一'..='龥').contains(&c)), "{zh}");
    (error.place(), error.to_string(), zh)
}

#[test]
fn the_example_is_good_and_comes_back_from_what_is_written_of_it() {
    let routes = read(EXAMPLE, Path::new(FILE)).unwrap();
    let names: Vec<&str> = routes.outputs.iter().map(|route| route.name.as_str()).collect();
    assert_eq!(names, ["wall", "tv", "stream", "key"]);
    assert_eq!(routes.outputs[0].raster, (7680, 1080));
    assert_eq!(Delivery::of(&routes.outputs[0]).raster, (3840, 2160));
    assert_eq!(Delivery::of(&routes.outputs[3]).raster, (3840, 1080));
    assert!(
        matches!(&routes.outputs[1].place, Place::Display(display) if display.name.as_deref() == Some("UltraStudio"))
    );
    let text = write(&routes).unwrap();
    assert!(text.starts_with("// Outputs"), "{text}");
    assert_eq!(read(&text, Path::new(FILE)).unwrap(), routes, "{text}");
}

#[test]
fn every_place_and_look_is_written_as_it_is_read() {
    use crate::show::frame::Rgba;
    let places = [
        Place::Nowhere,
        Place::Window { transparent: true },
        Place::Display(Display { serial: Some("12".to_owned()), scale: true, ..Display::default() }),
        Place::Pipe { path: "-".into(), wire: Wire::Y4m },
        Place::Memory { name: "tv".to_owned() },
        Place::Ffmpeg(Encoder { to: "srt://x".to_owned(), ..Encoder::default() }),
    ];
    let looks = [Look::Straight, Look::Premultiplied, Look::Key, Look::FillAndKey, Look::Over(Rgba::rgb8(0, 255, 0))];
    let all = places.iter().enumerate().flat_map(|(i, place)| {
        looks.iter().take(if i == 0 { 5 } else { 1 }).enumerate().map(move |(j, look)| Route {
            name: format!("{i} {j}"),
            place: place.clone(),
            look: *look,
            lang: Some(Spoken::ZhHant),
            theme: Some("zhujin".to_owned()),
            ..Route::default()
        })
    });
    let routes = Routes { outputs: all.collect() };
    let text = write(&routes).unwrap();
    assert_eq!(read(&text, Path::new(FILE)).unwrap(), routes, "{text}");
    for hand in ["lang: zh_hant", "lang: Some(zh_hant)", "slices: None", "look: over(\"#00FF00\")", "place: window()"] {
        read(&format!("(outputs: [(name: \"a\", {hand})])"), Path::new(FILE)).unwrap();
    }
}

#[test]
fn a_slip_of_the_finger_is_told_with_its_place_and_the_nearest_name() {
    let (place, said, zh) = told("rastr: (1920, 1080)");
    assert_eq!(place.map(|place| place.0), Some(2), "{said}");
    assert!(said.starts_with("outputs outputs.ron:2:") && said.contains("did you mean \"raster\"?"), "{said}");
    assert!(zh.contains("outputs.ron:2:") && zh.contains("是否想写“raster”"), "{zh}");
    assert!(told("class: wal").1.contains("did you mean \"wall\"?"));
    assert!(told("place: dsplay(connector: \"X\")").1.contains("did you mean \"display\"?"));
    let (place, said, zh) = told("rate: \"fast\"");
    assert_eq!(place.map(|place| place.0), Some(2));
    assert!(said.contains("60000/1001") && zh.contains("不是帧率"), "{said} {zh}");
    assert_eq!(error("(outputs: [").place().map(|place| place.0), Some(1));
}

#[test]
fn what_cannot_be_is_told_with_the_outputs_name_its_place_and_what_to_do() {
    let slices = |slices: &str| format!("slices: (raster: (1920, 1080), slices: [{slices}])");
    let cases = [
        ("raster: (8, 1080)".to_owned(), "16 to 7680"),
        ("raster: (1920, 5000)".to_owned(), "to 4320"),
        ("audio_delay_ms: -20000".to_owned(), "-100 to 10000 ms"),
        (slices(""), "there is no slice"),
        (slices("(from: (0, 0, 0, 10))"), "left, top, width, height"),
        (slices("(from: (1900, 0, 100, 10))"), "within 1920×1080 px"),
        (slices("(name: \"b\", from: (0, 0, 1920, 100), turn: right)"), "the slice \"b\" lies beyond what leaves"),
        (
            slices("(from: (0, 0, 100, 100)), (from: (0, 0, 100, 100), to: (99, 99))"),
            "the slice \"2\" lies on the slice \"1\"",
        ),
        ("place: display(scale: true)".to_owned(), "`leitai outputs` lists"),
        ("place: ffmpeg(sound: true)".to_owned(), "nowhere to write"),
        ("raster: (1921, 1080), place: ffmpeg(to: \"a.mp4\")".to_owned(), "both sides even"),
        ("place: pipe(path: \"\", wire: rgba)".to_owned(), "standard output"),
        ("place: memory(name: \"a/b\")".to_owned(), "without slashes"),
    ];
    for (fields, part) in cases {
        let (place, said, zh) = told(&fields);
        assert!(said.contains(part) && said.contains("output \"a\""), "{fields}: {said}");
        assert!(zh.contains("输出“a”"), "{zh}");
        assert_eq!(place.map(|place| place.0), Some(2), "{said}");
    }
}

#[test]
fn no_two_outputs_are_in_each_others_way() {
    let pair = |one: &str, two: &str| format!("(outputs: [\n(name: \"a\", {one}),\n(name: \"b\", {two}),\n])");
    for (one, two, part) in [
        ("place: display(connector: \"X\")", "place: display(connector: \"X\", scale: true)", "fills the same display"),
        ("place: pipe(path: \"-\", wire: rgba)", "place: pipe(path: \"-\", wire: y4m)", "writes to \"-\", too"),
        ("place: ffmpeg(to: \"x.mp4\")", "place: ffmpeg(to: \"x.mp4\")", "writes to \"x.mp4\", too"),
        ("name: \"\"", "burn: true", "twice"),
    ] {
        let error = error(&pair(one, two));
        assert!(error.to_string().contains(part), "{error}");
        if part != "twice" {
            assert_eq!(error.place().map(|place| place.0), Some(3), "{error}");
        }
    }
    let error = error("(outputs: [(name: \"a\"), (name: \"a\")])");
    assert!(error.to_string().contains("output 1 is called the same"), "{error}");
    let two = pair("place: display(connector: \"X\")", "place: display(connector: \"Y\")");
    assert!(read(&two, Path::new(FILE)).is_ok());
}
