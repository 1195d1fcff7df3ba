//! Sinks: frames leave exactly counted, whatever becomes of who takes them, and nobody waits for it.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use leitai::{
    output::sink::{Patience, Sink, SinkCounts, SinkFault, SinkState, memory_path, sample_of},
    routing::{Encoder, Place, Route, Wire},
    show::rate::Rate,
};

const RASTER: (u32, u32) = (320, 180);
const BYTES: usize = (RASTER.0 * RASTER.1 * 4) as usize;
/// A condition that has not come by then does not come.
const SOON: Duration = Duration::from_secs(60);
/// Does not wait long for the next try.
const QUICK: Patience =
    Patience { stall: Duration::from_secs(5), pause: (Duration::from_millis(10), Duration::from_millis(50)) };
/// The show's time at slot 0: ten o'clock.
const SHOW_US: i64 = 20_000 * 86_400_000_000 + 10 * 3_600_000_000;

/// A picture of one grey.
fn grey(value: u8) -> Arc<[u8]> {
    [value, value, value, 255].repeat(BYTES / 4).into()
}

fn route(place: Place) -> Route {
    Route { name: "test".into(), raster: RASTER, place, ..Route::default() }
}

fn recording(path: &Path) -> Route {
    // Lossless and intra: what is in the file can be told to the pixel, and each frame is there by itself.
    let arguments = ["-vf", "format=gbrp", "-c:v", "ffv1", "-g", "1", "-threads", "1", "-c:a", "pcm_f32le"];
    let arguments = arguments.map(String::from).to_vec();
    route(Place::Ffmpeg(Encoder { to: path.display().to_string(), arguments, ..Encoder::default() }))
}

/// What a frame loop does, at slots instead of instants.
struct Feed {
    sink: Sink,
    rate: Rate,
    next: u64,
    samples: u64,
}

impl Feed {
    fn of(route: &Route, patience: Patience) -> Self {
        let sink = Sink::with_patience(route, RASTER, Instant::now(), patience).unwrap();
        Self { sink, rate: route.rate, next: 0, samples: 0 }
    }

    /// The next slot: a new picture or none, and its sound.
    fn slot(&mut self, picture: Option<Arc<[u8]>>, sound: f32) {
        let at_us = self.rate.after_us(self.next);
        match picture {
            Some(pixels) => self.sink.picture(at_us, SHOW_US + at_us, pixels),
            None => self.sink.unchanged(at_us, SHOW_US + at_us),
        }
        let end = sample_of(self.rate, self.next + 1);
        self.sink.sound(self.samples, &vec![[sound; 2]; (end - self.samples) as usize]);
        (self.next, self.samples) = (self.next + 1, end);
    }

    /// The same, when the writer has caught up: no picture gives way to another.
    fn slot_in_time(&mut self, picture: Option<Arc<[u8]>>, sound: f32) {
        self.until("the writer has caught up", |counts| counts.waiting < 4);
        self.slot(picture, sound);
    }

    fn until(&self, what: &str, is: impl Fn(&SinkCounts) -> bool) -> SinkCounts {
        until(what, || Some(self.sink.counts()).filter(|counts| is(counts)), || format!("{:?}", self.sink.counts()))
    }

    fn close(self) -> SinkCounts {
        let counts = self.sink.close().wait(SOON);
        assert_eq!(counts.state, SinkState::Closed, "{counts:?}");
        assert_eq!(counts.written + counts.skipped, self.next, "{counts:?}");
        counts
    }
}

/// Waits for a condition, not for a time.
fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>, told: impl Fn() -> String) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(begun.elapsed() < SOON, "{what}: {}", told());
        thread::sleep(Duration::from_millis(2));
    }
}

fn ffmpeg(arguments: &[&str], input: &Path) -> Vec<u8> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-threads", "1", "-i"])
        .arg(input)
        .args(arguments)
        .arg("-")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The grey of each frame of a film, in its middle.
fn greys(film: &Path) -> Vec<u8> {
    let rows = ffmpeg(&["-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo"], film);
    rows.chunks(BYTES / 4 * 3).map(|frame| frame[frame.len() / 2]).collect()
}

/// The left channel.
fn sound(film: &Path) -> Vec<f32> {
    let bytes = ffmpeg(&["-map", "0:a", "-f", "f32le", "-ar", "48000"], film);
    bytes.chunks_exact(8).map(|frame| f32::from_le_bytes(frame[..4].try_into().unwrap())).collect()
}

fn probed(film: &Path, entries: &str) -> String {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-count_frames", "-of", "default=nw=1:nk=1", "-show_entries", entries])
        .arg(film)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// When a stream of a film begins, s.
fn starts(film: &Path, stream: &str) -> f64 {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-of", "default=nw=1:nk=1", "-show_entries", "stream=start_time", "-select_streams"]);
    let output = command.arg(stream).arg(film).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args([name, &pid.to_string()]).status().unwrap().success());
}

/// NAME.mkv, NAME-2.mkv … as far as there are any, in order.
fn films(first: &Path) -> Vec<PathBuf> {
    let stem = first.file_stem().unwrap().to_str().unwrap();
    let numbered = (2..).map(|n| first.with_file_name(format!("{stem}-{n}.mkv")));
    std::iter::once(first.to_owned()).chain(numbered).take_while(|path| path.exists()).collect()
}

#[test]
fn a_recording_has_every_frame_and_its_sound_lies_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("show.mkv");
    let rate: Rate = "60000/1001".parse().unwrap();
    let mut feed = Feed::of(&Route { rate, ..recording(&film) }, QUICK);
    let (white, black) = (grey(255), grey(0));
    for n in 0..90 {
        // A flash and a blip of one frame, in a picture that stands else.
        let picture = match n {
            0 | 61 => Some(Arc::clone(&black)),
            60 => Some(Arc::clone(&white)),
            _ => None,
        };
        feed.slot_in_time(picture, if n == 60 { 0.5 } else { 0.0 });
    }
    let counts = feed.close();
    assert_eq!((counts.written, counts.repeated, counts.late, counts.dropped, counts.restarts), (90, 87, 0, 0, 0));
    let greys = greys(&film);
    assert_eq!(greys.len(), 90);
    assert_eq!(greys.iter().position(|grey| *grey == 255), Some(60));
    let sound = sound(&film);
    assert_eq!(sound.len() as u64, sample_of(rate, 90), "as long as the picture, to the sample");
    let onset = sound.iter().position(|sample| *sample > 0.25).unwrap() as u64;
    assert_eq!(onset, sample_of(rate, 60), "to the sample");
}

#[test]
fn the_preset_of_a_film_can_be_played_and_holds_timecode_colour_and_a_delay() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("show.mp4");
    let place = Place::Ffmpeg(Encoder { to: film.display().to_string(), ..Encoder::default() });
    let mut feed = Feed::of(&Route { audio_delay_ms: 200, ..route(place) }, QUICK);
    for n in 0..75 {
        let picture = match n {
            0 | 26 => Some(grey(0)),
            25 => Some(grey(255)),
            _ => None,
        };
        feed.slot_in_time(picture, if n == 25 { 0.5 } else { 0.0 });
    }
    feed.close();
    assert_eq!(probed(&film, "stream=nb_read_frames").lines().next(), Some("75"));
    assert!(probed(&film, "stream_tags=timecode").starts_with("10:00:00:00"));
    assert!(probed(&film, "stream=color_space,color_range").contains("bt709"));
    let flash = greys(&film).iter().position(|grey| *grey > 200).unwrap() as i64;
    assert_eq!(flash, 25);
    let onset = sound(&film).iter().position(|sample| *sample > 0.2).unwrap() as i64;
    let onset = onset + ((starts(&film, "a") - starts(&film, "v")) * 48_000.0) as i64;
    let late = onset - (flash * 960 + 9_600);
    assert!(late.abs() < 960, "the blip lies {late} samples from where it should");
}

#[test]
fn an_encoder_that_is_killed_twenty_times_costs_no_slot_and_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("show.mkv");
    let mut feed = Feed::of(&recording(&film), QUICK);
    let mut longest = Duration::ZERO;
    for kill in 0..20 {
        let before = feed.sink.counts().written;
        let mut killed = false;
        // The show goes on at its own pace, whatever becomes of the encoder.
        let begun = Instant::now();
        while feed.sink.counts().restarts == kill {
            let called = Instant::now();
            feed.slot(Some(grey((feed.next % 250) as u8)), 0.0);
            longest = longest.max(called.elapsed());
            let counts = feed.sink.counts();
            if let (false, Some(pid), true) = (killed, counts.pid, counts.written > before + 3) {
                signal(pid, "-KILL");
                killed = true;
            }
            assert!(begun.elapsed() < SOON, "{counts:?}");
            thread::sleep(Duration::from_millis(5));
        }
    }
    let counts = feed.until("it runs again and all is written", |counts| counts.waiting == 0);
    assert_eq!((counts.restarts, counts.skipped, counts.late), (20, 0, 0), "{counts:?}");
    assert!(longest < Duration::from_millis(250), "a hand-in took {longest:?}");
    let slots = feed.next;
    let counts = feed.close();
    assert_eq!(counts.written, slots);
    // Each run has a file of its own, each is sound, and the last ones' frames are those of the last slots.
    let films = films(&film);
    assert_eq!(films.len(), 21);
    let inside: Vec<usize> = films.iter().map(|film| greys(film).len()).collect();
    assert!(inside.iter().sum::<usize>() as u64 <= slots, "{inside:?} of {slots}");
    assert!(inside.last().is_some_and(|frames| *frames > 0), "{inside:?}");
}

#[test]
fn an_encoder_that_stands_still_for_a_while_catches_up_and_one_that_does_not_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("show.mkv");
    let mut feed = Feed::of(&recording(&film), Patience { stall: Duration::from_secs(4), ..QUICK });
    (0..10).for_each(|n| feed.slot_in_time(Some(grey(n)), 0.0));
    let pid = feed.until("it runs", |counts| counts.written == 10).pid.unwrap();
    signal(pid, "-STOP");
    let begun = Instant::now();
    (0..400).for_each(|n| feed.slot(Some(grey(10 + (n % 200) as u8)), 0.0));
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?} for 400 hand-ins", begun.elapsed());
    signal(pid, "-CONT");
    let counts = feed.until("it has caught up", |counts| counts.waiting == 0);
    assert_eq!((counts.written, counts.restarts, counts.skipped), (410, 0, 0), "{counts:?}");
    assert!(counts.dropped > 300, "their slots show newer pictures: {counts:?}");

    signal(pid, "-STOP");
    let told = until_told(&mut feed, |counts| counts.restarts == 1);
    assert!(matches!(told.why, Some(SinkFault::Stalled { .. })), "{told:?}");
    feed.until("another one runs", |counts| counts.waiting == 0 && counts.state == SinkState::Running);
    let slots = feed.next;
    assert_eq!(feed.close().written, slots);
    assert_eq!(films(&film).len(), 2);
}

/// Slots go on until something is told.
fn until_told(feed: &mut Feed, mut is: impl FnMut(&SinkCounts) -> bool) -> SinkCounts {
    let begun = Instant::now();
    loop {
        feed.slot(Some(grey((feed.next % 250) as u8)), 0.0);
        let counts = feed.sink.counts();
        if is(&counts) {
            return counts;
        }
        assert!(begun.elapsed() < SOON, "{counts:?}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// A disk of eight megabytes.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None where this process may not mount one.
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder.path()).status().ok()?;
        mounted.success().then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.0.path()).status().unwrap();
    }
}

#[test]
fn a_disk_that_is_full_is_told_with_its_room_and_the_recording_goes_on_when_there_is_some() {
    let Some(disk) = SmallDisk::new() else { return };
    let film = disk.0.path().join("show.mkv");
    let mut feed = Feed::of(&recording(&film), QUICK);
    // All but a little of it is taken already.
    let other = disk.0.path().join("other");
    fs::write(&other, vec![0; 7_950 * 1024]).unwrap();
    let told = until_told(&mut feed, |counts| counts.why.is_some());
    let Some(SinkFault::Full { free, .. }) = &told.why else { panic!("{told:?}") };
    assert!(free.ends_with("kB"), "{free}");
    fs::remove_file(&other).unwrap();
    feed.until("there is room again", |counts| counts.state == SinkState::Running && counts.waiting == 0);
    assert!(feed.close().written > told.written);
    assert!(films(&film).len() > 1 && !greys(films(&film).last().unwrap()).is_empty());
}

#[test]
fn a_device_that_takes_nothing_is_told_and_keeps_nobody_waiting() {
    let place = Place::Pipe { path: "/dev/full".into(), wire: Wire::Rgba };
    let mut feed = Feed::of(&route(place), QUICK);
    let counts = until_told(&mut feed, |counts| counts.restarts >= 3);
    assert!(matches!(counts.why, Some(SinkFault::Full { .. })), "{counts:?}");
    assert_eq!(counts.written, 0);
    feed.close();
}

#[test]
fn a_pipe_waits_for_its_reader_without_anybody_waiting_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    let mut feed = Feed::of(&route(Place::Pipe { path: path.clone(), wire: Wire::Rgba }), QUICK);
    let counts = until_told(&mut feed, |counts| counts.state == SinkState::Failed);
    assert!(matches!(counts.why, Some(SinkFault::NoReader { .. })), "{counts:?}");
    // A reader that comes gets whole frames, and one that comes after it as well.
    for reader in 0..2 {
        let read = thread::spawn({
            let path = path.clone();
            move || {
                let mut pipe = File::open(path).unwrap();
                let mut frame = vec![0; BYTES];
                pipe.read_exact(&mut frame).unwrap();
                pipe.read_exact(&mut frame).unwrap();
                frame
            }
        });
        until_told(&mut feed, |_| read.is_finished());
        let frame = read.join().unwrap();
        // What lies in the pipe is gone when both have left it.
        until_told(&mut feed, |counts| counts.restarts > reader);
        assert!(frame.chunks(4).all(|pixel| pixel == &frame[..4]), "torn for reader {reader}");
    }
    let counts = until_told(&mut feed, |counts| counts.state == SinkState::Failed);
    assert!(counts.restarts >= 2 && counts.skipped > 0, "{counts:?}");
    feed.close();
}

#[test]
fn y4m_is_what_ffmpeg_takes_for_the_same_colours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("show.y4m");
    let mut feed = Feed::of(&route(Place::Pipe { path: path.clone(), wire: Wire::Y4m }), QUICK);
    let colours: [[u8; 4]; 5] =
        [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [200, 120, 40, 255], [255, 255, 255, 128]];
    for colour in colours {
        feed.slot_in_time(Some(colour.repeat(BYTES / 4).into()), 0.0);
    }
    assert_eq!(feed.close().written, 5);
    let rows =
        ffmpeg(&["-vf", "scale=in_color_matrix=bt709:in_range=tv", "-pix_fmt", "rgb24", "-f", "rawvideo"], &path);
    let frames: Vec<&[u8]> = rows.chunks(BYTES / 4 * 3).collect();
    assert_eq!(frames.len(), colours.len());
    for (frame, [r, g, b, a]) in frames.into_iter().zip(colours) {
        let over_black = [r, g, b].map(|value| i32::from(value) * i32::from(a) / 255);
        for (value, expected) in frame.iter().zip(over_black.iter().cycle()) {
            assert!((i32::from(*value) - expected).abs() <= 2, "{value} for {expected}");
        }
    }
}

fn reader(name: &str, frames: usize) -> Child {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/read_memory.py");
    let mut python = Command::new("python3");
    python.arg(script).args([name, &frames.to_string()]).stdout(Stdio::piped()).spawn().unwrap()
}

#[test]
fn shared_memory_gives_a_stranger_whole_frames_in_their_order() {
    let name = format!("test-{}", std::process::id());
    let mut feed = Feed::of(&route(Place::Memory { name: name.clone() }), QUICK);
    let mut python = reader(&name, 200);
    until_told(&mut feed, |_| python.try_wait().unwrap().is_some());
    let told = python.wait_with_output().unwrap();
    assert!(told.status.success());
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((&told["seen"], &told["rose"], &told["whole"]), (&200.into(), &true.into(), &true.into()), "{told}");
    assert_eq!(told["shows"], serde_json::json!([SHOW_US]), "each with the show's time of its slot");
    // A reader that is there when it ends learns so.
    let python = reader(&name, 1_000_000);
    let before = feed.sink.counts().written;
    until_told(&mut feed, |counts| counts.written > before + 50);
    feed.close();
    assert!(python.wait_with_output().unwrap().status.success());
    assert!(!memory_path(&name).exists());
}

#[test]
fn a_program_that_ends_leaves_whole_files_and_no_process() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("show.mkv");
    let mut feed = Feed::of(&recording(&film), QUICK);
    (0..50).for_each(|n| feed.slot_in_time(Some(grey(n)), 0.0));
    let pid = feed.until("it runs", |counts| counts.pid.is_some()).pid.unwrap();
    drop(feed);
    until("ffmpeg has ended", || (!Path::new(&format!("/proc/{pid}")).exists()).then_some(()), || pid.to_string());
    assert_eq!(greys(&film), (0..50).collect::<Vec<u8>>());
}
