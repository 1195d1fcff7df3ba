//! Films: in step with the show's time to the picture, and whatever is wrong with one ends in its slate and a sentence.

use std::{
    fs,
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use leitai::{
    director::Director,
    media::{Exact, Fit, Library, Limits, MediaError, Tools, survey, survey_file},
    show::{
        clip::{ClipKey, ClipPicture, Reel},
        frame::{Class, Output, Part},
        rate::Rate,
        tape::{Tape, Timeline},
    },
    themes,
    typeset::Typesetter,
};

use crate::support::{
    film::{Shelf, decoders, film, number, place, signal, source, tape, want},
    screen::until,
    with_headless,
};

const H264: &str = "-c:v libx264 -preset veryfast -g 12 -bf 2 -pix_fmt yuv420p";

fn director(tape: &str) -> Director {
    let timeline = Timeline::new(Tape::parse(tape).unwrap());
    Director::rehearse(timeline, themes::built_in().unwrap(), Arc::new(Typesetter::new()))
}

/// A library in which everything that is wanted has been examined.
fn settled(shelf: &Shelf, name: &str) -> Library {
    let library = Library::start(shelf.options());
    library.want(vec![shelf.want(name)]);
    library.settle();
    assert_eq!(library.problems(), []);
    library
}

#[test]
fn the_picture_of_the_film_is_that_of_the_shows_instant() {
    let shelf = Shelf::new();
    let key = shelf.numbered("case.mp4", "25", "3", H264);
    let library = settled(&shelf, "case.mp4");
    // Stands from 2.5 s on, after one and a half seconds of the film.
    let mut show = director(&tape("case.mp4", &key.to_string(), &[(2_500, "media.paused")]));
    show.set_clips(library.clips());
    let clip = Arc::clone(library.clips().get(&key).unwrap());
    assert_eq!((clip.begins_us.len(), clip.length_us, clip.raster), (75, 3_000_000, (320, 180)));
    let exact = library.exact();
    with_headless(move |stage| {
        stage.set_reel(exact);
        for class in [Class::Tv, Class::Wall, Class::Stream] {
            let (w, h) = class.canvas();
            let output = Output::of(class, (w as u32 / 2, h as u32 / 2));
            // The beginning, the middle, the pause, and back again.
            for ms in [1_000, 1_639, 1_640, 1_990, 2_480, 2_500, 4_000, 1_700, 1_990] {
                show.seek(ms * 1_000);
                let frame = show.frame(&output);
                let at = (ms.min(2_500) - 1_000) * 1_000;
                let Some((_, Part::Video { picture, clip: of, .. })) = film(&frame) else {
                    assert!(ms < 1_600, "{class:?} {ms} ms: the scene comes on, the film is not seen yet");
                    continue;
                };
                assert_eq!((*picture, *of), (clip.picture_at(at), key), "{class:?} {ms} ms");
                // While the scene comes on it is not opaque.
                if ms >= 1_990 {
                    let place = place(&frame).unwrap();
                    let pixels = stage.draw(Arc::clone(&frame)).unwrap();
                    assert_eq!(number(pixels, output.raster.0 as usize, place), Some(*picture), "{class:?} {ms} ms");
                }
            }
        }
    });
    assert_eq!(library.exact().faults(), []);
}

#[test]
fn exported_frames_hold_the_films_pictures_at_both_rates() {
    let shelf = Shelf::new();
    let key = shelf.numbered("case.mp4", "30000/1001", "1.6", H264);
    let path = shelf.path("show.tape.ndjson");
    fs::write(&path, tape("case.mp4", &key.to_string(), &[])).unwrap();
    let fit = survey(&shelf.options(), &shelf.want("case.mp4")).unwrap();
    let mut show = director(&fs::read_to_string(&path).unwrap());
    let clip = Arc::clone(&fit.film.clip);
    show.set_clips(Arc::new(leitai::show::clip::Clips([(key, clip)].into())));
    for fps in ["50", "60000/1001"] {
        let folder = shelf.path(&fps.replace('/', "-"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
        command.args(["export", "--from", "2.0s", "--to", "2.4s", "--size", "480x270", "--fps", fps]);
        let output = command.arg("-o").arg(&folder).arg(&path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rate: Rate = fps.parse().unwrap();
        for n in 0..rate.index_at(400_000) {
            let at_us = 2_000_000 + rate.after_us(n);
            show.seek(at_us);
            let frame = show.frame(&Output::tv(480, 270));
            let picture = image::open(folder.join(format!("{n:06}.png"))).unwrap().to_rgba8();
            let seen = number(picture.as_raw(), 480, place(&frame).unwrap());
            assert_eq!(seen, Some(fit.film.clip.picture_at(at_us - 1_000_000)), "frame {n} at {fps}");
        }
    }
}

fn had(name: &str, reel: &Exact, key: &ClipKey, n: u32) -> Arc<ClipPicture> {
    reel.picture(key, n).unwrap_or_else(|| panic!("{name}, picture {n}: {:?}", reel.faults()))
}

/// Every picture, one after the other and then each by itself, backwards.
fn sought_as_played(name: &str, reel: &Exact, fit: &Fit) {
    let clip = &fit.film.clip;
    let count = clip.begins_us.len() as u32;
    let played: Vec<Arc<ClipPicture>> = (0..count).map(|n| had(name, reel, &clip.key, n)).collect();
    for n in (0..count).rev().step_by(3) {
        let sought = had(name, reel, &clip.key, n);
        assert_eq!(sought.number, n, "{name}");
        assert!(sought.pixels == played[n as usize].pixels, "{name}: picture {n} sought is not the one played");
    }
}

#[test]
fn seeking_equals_playing_in_every_format_of_the_trade() {
    let shelf = Shelf::new();
    let films = [
        ("h264.mp4", "25", H264),
        (
            "hevc.mp4",
            "50",
            "-c:v libx265 -preset ultrafast -x265-params log-level=none:pools=1:keyint=10 -pix_fmt yuv420p",
        ),
        ("prores.mov", "24000/1001", "-c:v prores_ks -profile:v 3"),
        ("vp9.webm", "30", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 10"),
        ("fast.mp4", "120", H264),
        ("late.mkv", "25", "-output_ts_offset 0.5 -c:v libx264 -preset veryfast -g 8"),
        ("stream.ts", "25", "-c:v libx264 -preset veryfast -g 8 -pix_fmt yuv420p"),
        ("cut.mp4", "25", "-vf select='not(between(n,5,8))' -fps_mode vfr -c:v libx264 -g 8 -pix_fmt yuv420p"),
    ];
    for (name, rate, how) in films {
        shelf.numbered(name, rate, "0.8", how);
        let library = settled(&shelf, name);
        let fit = survey(&shelf.options(), &shelf.want(name)).unwrap();
        sought_as_played(name, &library.exact(), &fit);
        let numbers: Vec<u32> = [0, 9]
            .map(|n| {
                let picture = library.exact().picture(&fit.film.clip.key, n).unwrap();
                number(&picture.pixels, 320, (0.0, 0.0, 320.0, 180.0)).unwrap()
            })
            .into();
        let cut = if name == "cut.mp4" { 4 } else { 0 };
        assert_eq!(numbers, [0, 9 + cut], "{name}");
        assert_eq!(library.exact().faults(), [], "{name}");
    }
    let cut = survey(&shelf.options(), &shelf.want("cut.mp4")).unwrap();
    assert_eq!(cut.film.clip.begins_us[4..6], [160_000, 360_000], "pictures keep their own times");
}

#[test]
fn colours_are_those_of_the_films_matrix_and_alpha_stays() {
    let shelf = Shelf::new();
    // Red in each of the two matrices, and half of it transparent.
    let tagged = "-colorspace bt709 -color_primaries bt709 -color_trc bt709";
    let red = |size: &str| format!("-f lavfi -i color=c=red:s={size}:r=25:d=0.2");
    let hd = format!("{} -vf scale=out_color_matrix=bt709,format=yuv420p -c:v libx264 -qp 4 {tagged}", red("320x180"));
    shelf.make("hd.mp4", &hd);
    shelf.make(
        "sd.mp4",
        &format!("{} -vf scale=out_color_matrix=bt601,format=yuv420p -c:v libx264 -qp 4", red("320x180")),
    );
    let clear = "-f lavfi -i color=c=red@0.5:s=320x180:r=25:d=0.2,format=rgba";
    shelf.make("clear.mov", &format!("{clear} -c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le"));
    shelf.make("clear.webm", &format!("{clear} -c:v libvpx-vp9 -pix_fmt yuva420p"));
    shelf.make("still.png", &format!("{clear} -frames:v 1"));
    shelf.make("still.jpg", &format!("{} -frames:v 1 -q:v 1", red("320x180")));
    let alphas = [
        ("hd.mp4", 255),
        ("sd.mp4", 255),
        ("clear.mov", 128),
        ("clear.webm", 128),
        ("still.png", 128),
        ("still.jpg", 255),
    ];
    for (name, alpha) in alphas {
        let library = settled(&shelf, name);
        let clip = Arc::clone(library.clips().0.values().next().unwrap());
        assert_eq!((clip.has_alpha, clip.is_still()), (alpha < 255, name.starts_with("still")), "{name}");
        let picture = library.exact().picture(&clip.key, 0).unwrap();
        let near = |is: u8, should: u8| is.abs_diff(should) <= 4;
        let [r, g, b, a] = picture.pixels[..4] else { panic!("no pixel") };
        assert!(near(r, 255) && near(g, 0) && near(b, 0) && near(a, alpha), "{name}: {:?}", [r, g, b, a]);
    }
}

#[test]
fn a_film_stands_upright_and_whole_whatever_its_shape() {
    let shelf = Shelf::new();
    shelf.make("pal.mp4", "-f lavfi -i smptebars=s=720x576:r=25:d=0.2 -vf setsar=16/15 -c:v libx264 -pix_fmt yuv420p");
    shelf.make("lying.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=0.2 -c:v libx264 -pix_fmt yuv420p");
    shelf.make("phone.mp4", &format!("-i {} -c copy -metadata:s:v:0 rotate=90", shelf.path("lying.mp4").display()));
    for (name, raster) in [("pal.mp4", (768, 576)), ("phone.mp4", (180, 320))] {
        let library = settled(&shelf, name);
        let clip = Arc::clone(library.clips().0.values().next().unwrap());
        assert_eq!(clip.raster, raster, "{name}");
        let mut show = director(&tape(name, &clip.key.to_string(), &[]));
        show.set_clips(library.clips());
        show.seek(1_900_000);
        for class in [Class::Tv, Class::Wall, Class::Stream] {
            let (w, h) = class.canvas();
            let frame = show.frame(&Output::of(class, (w as u32, h as u32)));
            let Some((_, Part::Video { rect, .. })) = film(&frame) else { panic!("{name} {class:?}") };
            let (shape, own) = (rect.w / rect.h, raster.0 as f32 / raster.1 as f32);
            assert!((shape / own - 1.0).abs() < 0.02, "{name} {class:?} is stretched: {rect:?}");
        }
        assert!(library.exact().picture(&clip.key, 0).is_some(), "{name}");
    }
}

/// The slate is what is seen, and the operator has the sentence.
fn is_slate(shelf: &Shelf, name: &str, sha256: &str, limits: Limits) -> MediaError {
    let mut options = shelf.options();
    options.limits = limits;
    let library = Library::start(options);
    library.want(vec![want(name, sha256)]);
    let begun = Instant::now();
    library.settle();
    assert!(begun.elapsed() < Duration::from_secs(20), "{name} took {:?}", begun.elapsed());
    let mut show = director(&tape(name, sha256, &[]));
    show.set_clips(library.clips());
    show.seek(1_900_000);
    assert!(film(&show.frame(&Output::tv(480, 270))).is_none(), "{name} is shown");
    let problems = library.problems();
    assert_eq!(problems.len(), 1, "{name}: {problems:?}");
    problems[0].clone()
}

#[test]
fn ten_broken_films_each_end_in_their_slate_and_a_sentence() {
    let shelf = Shelf::new();
    let good = shelf.numbered("good.mp4", "25", "2", &format!("{H264} -movflags +faststart")).to_string();
    let whole = fs::read(shelf.path("good.mp4")).unwrap();
    let usual = Limits::default();
    let put = |name: &str, bytes: &[u8]| {
        fs::write(shelf.path(name), bytes).unwrap();
        shelf.key(name).to_string()
    };
    let ends = |name: &str, sha256: &str, limits: Limits| is_slate(&shelf, name, sha256, limits);

    let cut = put("cut.mp4", &whole[..whole.len() / 2]);
    assert!(matches!(ends("cut.mp4", &cut, usual), MediaError::Broken { .. }));
    let headless = put("headless.mp4", &whole[whole.len() / 2..]);
    assert!(matches!(ends("headless.mp4", &headless, usual), MediaError::Foreign { .. }));
    let empty = put("empty.mp4", b"");
    assert!(matches!(ends("empty.mp4", &empty, usual), MediaError::Foreign { .. }));
    let text = put("text.mp4", "这不是视频。\n".repeat(99).as_bytes());
    assert!(matches!(ends("text.mp4", &text, usual), MediaError::Foreign { .. }));
    let playlist = put("list.mp4", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n");
    assert!(matches!(ends("list.mp4", &playlist, usual), MediaError::Foreign { .. }));
    assert!(matches!(ends("good.mp4", &"0".repeat(64), usual), MediaError::Digest { .. }));
    assert!(matches!(ends("good.mp4", "zero", usual), MediaError::NoDigest { .. }));
    let sound = shelf.make("sound.mp4", "-f lavfi -i sine=d=0.2").to_string();
    assert!(matches!(ends("sound.mp4", &sound, usual), MediaError::NoPicture { .. }));
    assert!(matches!(ends("nowhere.mp4", &good, usual), MediaError::Missing { .. }));
    assert!(matches!(ends("../good.mp4", &good, usual), MediaError::Outside { .. }));
    assert!(matches!(ends("good.mp4", &good, Limits { side: 300, ..usual }), MediaError::Large { .. }));
    assert!(matches!(ends("good.mp4", &good, Limits { length_us: 1_000_000, ..usual }), MediaError::Long { .. }));
    assert!(matches!(ends("good.mp4", &good, Limits { bytes: 1_000, ..usual }), MediaError::Huge { .. }));
    let endless = Limits { reading: Duration::ZERO, ..usual };
    assert!(matches!(ends("good.mp4", &good, endless), MediaError::Endless { .. }));
    let pipe = Command::new("mkfifo").arg(shelf.path("pipe.mp4")).status().unwrap();
    assert!(pipe.success());
    assert!(matches!(ends("pipe.mp4", &good, usual), MediaError::NoFile { .. }));

    // What is only unusual is shown: 4:3, 120 pictures a second, turned; see the other promises.
    assert!(survey_file(&shelf.options(), &shelf.path("good.mp4")).is_ok());
    let mut options = shelf.options();
    options.tools = Tools { ffmpeg: "no-such-ffmpeg".into(), ffprobe: "no-such-ffprobe".into() };
    assert!(matches!(survey(&options, &shelf.want("good.mp4")), Err(MediaError::NoFfmpeg { .. })));
}

#[test]
fn a_film_that_is_put_there_later_is_found() {
    let shelf = Shelf::new();
    let key = shelf.numbered("case.mp4", "25", "0.4", H264);
    fs::rename(shelf.path("case.mp4"), shelf.path("elsewhere.mp4")).unwrap();
    let library = Library::start(shelf.options());
    library.want(vec![want("case.mp4", &key.to_string())]);
    library.settle();
    assert!(library.clips().get(&key).is_none() && library.problems().len() == 1);
    fs::rename(shelf.path("elsewhere.mp4"), shelf.path("case.mp4")).unwrap();
    until("the film", || library.clips().get(&key).map(|_| ()));
    assert_eq!(library.problems(), []);
}

/// Asks as a show does: never as long as a decoder would have to be waited for, also on a machine that does much else.
fn ask(reel: &dyn Reel, key: &ClipKey, n: u32) -> Option<u32> {
    let begun = Instant::now();
    let picture = reel.picture(key, n);
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(1), "the program waited {took:?} for a picture");
    picture.map(|picture| picture.number)
}

#[test]
fn a_decoder_that_is_killed_or_stands_still_holds_nothing_up() {
    let shelf = Shelf::new();
    let key = shelf.numbered("case.mp4", "25", "12", H264);
    let library = settled(&shelf, "case.mp4");
    let live = library.live();
    live.prime(&key);
    until("the first picture", || (ask(&*live, &key, 0) == Some(0)).then_some(()));
    let path = fs::canonicalize(shelf.path("case.mp4")).unwrap();
    for (signal_name, from) in [("KILL", 0), ("STOP", 120)] {
        let id = *until("a decoder", || decoders(&path).first().map(|id| vec![*id])).first().unwrap();
        signal(id, signal_name);
        let restarts = live.figures().restarts;
        // The nearest picture stands until there is another.
        for to in (from + 20..=from + 120).step_by(40) {
            assert!(ask(&*live, &key, to).is_some());
            until("the picture", || (ask(&*live, &key, to) == Some(to)).then_some(()));
        }
        assert!(live.figures().restarts > restarts, "{signal_name}: {:?}", live.figures());
    }
    assert!(live.figures().late >= 2, "{:?}", live.figures());
    until("nothing to tell", || live.faults().is_empty().then_some(()));
    drop(live);
    drop(library);
    until("no decoder", || decoders(&path).is_empty().then_some(()));
}

#[test]
fn a_picture_that_comes_late_is_drawn_when_it_comes() {
    let shelf = Shelf::new();
    let key = shelf.numbered("case.mp4", "25", "2", H264);
    let library = settled(&shelf, "case.mp4");
    let mut show = director(&tape("case.mp4", &key.to_string(), &[(2_500, "media.paused")]));
    show.set_clips(library.clips());
    let live = library.live();
    with_headless(move |stage| {
        stage.set_reel(live);
        let output = Output::tv(480, 270);
        // Nothing is decoded yet: the first draw asks, and the show stands still.
        show.seek(4_000_000);
        let frame = show.frame(&output);
        let place = place(&frame).unwrap();
        until("picture 37", || {
            let pixels = stage.draw(Arc::clone(&frame)).unwrap();
            (number(pixels, 480, place) == Some(37)).then_some(())
        });
        let drawn = stage.counters().layers_drawn;
        for _ in 0..3 {
            stage.draw(Arc::clone(&frame)).unwrap();
        }
        assert_eq!(stage.counters().layers_drawn, drawn, "what stands is not drawn again");
    });
}

#[test]
fn only_the_film_is_drawn_at_its_rate() {
    let shelf = Shelf::new();
    let key = shelf.numbered("case.mp4", "25", "2", H264);
    let library = settled(&shelf, "case.mp4");
    let mut show = director(&tape("case.mp4", &key.to_string(), &[]));
    show.set_clips(library.clips());
    let output = Output::tv(480, 270);
    show.seek(2_400_000);
    let before = show.frame(&output);
    show.seek(2_480_000);
    let after = show.frame(&output);
    let differ: Vec<_> = before.layers.iter().zip(&after.layers).filter(|(a, b)| a != b).collect();
    assert_eq!(differ.len(), 1, "{differ:?}");
    assert!(matches!(differ[0].1.content.parts[..], [Part::Video { .. }]));
}

#[test]
fn the_sound_begins_where_the_film_says() {
    let shelf = Shelf::new();
    // A beep at 0.5 s; and the same sound half a second late in its file.
    let beep = "-f lavfi -i aevalsrc='if(gte(t,0.5),0.5*sin(6283*t),0)':s=48000:d=1";
    let pictures = source("25", "1");
    shelf.make("beep.mov", &format!("-f lavfi -i {pictures} {beep} -c:v libx264 -pix_fmt yuv420p -c:a pcm_s16le"));
    let late = format!(
        "-f lavfi -i {pictures} -itsoffset 0.5 -f lavfi -i sine=f=1000:d=0.5:r=48000 -c:v libx264 -c:a pcm_s16le"
    );
    shelf.make("late.mkv", &late);
    for name in ["beep.mov", "late.mkv"] {
        let library = settled(&shelf, name);
        let sound = library.sound(&shelf.key(name)).expect("a sound").0;
        let onset = sound.iter().position(|frame| frame[0].abs() > 0.01).unwrap() as i64;
        assert!((onset - 24_000).abs() < 48, "{name}: begins at sample {onset}");
        assert!((sound.len() as i64 - 48_000).abs() <= 1_200, "{name}: {} samples", sound.len());
    }
}

/// What is checked before the show is what ends in a slate on air.
#[test]
fn check_reads_every_film_that_a_tape_cues() {
    let shelf = Shelf::new();
    let key = shelf.numbered("case.mp4", "25", "0.4", H264).to_string();
    let check = |what: &Path, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
        let output = command.args(["check", "--json"]).arg(what).args(more).output().unwrap();
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let of_films = |finding: &&serde_json::Value| finding["check"] == "film";
        let films = told["findings"].as_array().unwrap().iter().filter(of_films).count();
        (output.status.code().unwrap(), films)
    };
    let path = shelf.path("show.tape.ndjson");
    fs::write(&path, tape("case.mp4", &key, &[])).unwrap();
    assert_eq!(check(&path, &[]), (0, 0), "beside the tape");
    fs::write(&path, tape("case.mp4", &"0".repeat(64), &[])).unwrap();
    assert_eq!(check(&path, &[]), (3, 1));
    assert_eq!(check(&shelf.path("case.mp4"), &[]), (0, 0));
    fs::write(shelf.path("text.mp4"), "text").unwrap();
    assert_eq!(check(&shelf.path("text.mp4"), &[]), (3, 1));
}
