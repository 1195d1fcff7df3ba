//! ffmpeg as a sink's child: fed with frames and sound, ended when it stalls, and asked why when it has died.

use std::{
    collections::VecDeque,
    fs::{self, DirBuilder},
    io::{self, BufRead, BufReader, Write},
    os::unix::{
        fs::DirBuilderExt,
        net::{UnixListener, UnixStream},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, bounded};

use super::{
    SinkFault,
    arguments::{self, Job},
    fault::is_full,
    line::Line,
    queue::Slot,
    room,
    sounds::{SAMPLE_RATE, sample_of},
    writer::{Opening, Outlet},
};
use crate::{
    output::encoders,
    routing::{Encoder, Route},
    show::timecode::Timecode,
};

/// How often that is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// An encoder that has been told that nothing more comes ends within this.
const FINISH: Duration = Duration::from_secs(10);
/// One whose pipe has broken has said why by then.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// Lines of its complaints that are kept.
const LINES: usize = 6;

pub struct Ffmpeg {
    name: String,
    to: String,
    /// As it goes to ffmpeg; nobody is told what is secret in it.
    address: String,
    file: Option<PathBuf>,
    stall: Duration,
    pid: u32,
    child: Arc<Mutex<Child>>,
    stdin: Option<ChildStdin>,
    complaint: Arc<Mutex<VecDeque<String>>>,
    /// Answers once the child has closed its standard error: it has ended.
    ended: Receiver<()>,
    over: Arc<AtomicBool>,
    stalled: Arc<AtomicBool>,
    line: Arc<Line>,
    socket: Option<Socket>,
}

impl Ffmpeg {
    pub fn open(
        route: &Route,
        encoder: &Encoder,
        raster: (u32, u32),
        stall: Duration,
        opening: &Opening,
    ) -> Result<Box<dyn Outlet>, SinkFault> {
        let name = route.name.clone();
        // Whoever waits to be called takes nothing until then.
        let is_called = ["mode=listener", "listen=1"].iter().any(|option| encoder.to.contains(option));
        let stall = if is_called { Duration::MAX } else { stall };
        let file = arguments::file(encoder).map(|path| room::fresh(&path));
        let fault = |error: &io::Error| {
            file.iter().for_each(|file| room::release(file));
            SinkFault::NoFfmpeg { name: name.clone(), reason: error.to_string() }
        };
        if let Some(folder) = file.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| SinkFault::Open {
                name: name.clone(),
                path: folder.to_owned(),
                reason: error.to_string(),
            })?;
        }
        let address = file.as_ref().map_or_else(|| encoder.to.clone(), |path| path.display().to_string());
        let socket = encoder.sound.then(Socket::new).transpose().map_err(|error| fault(&error))?;
        let job = Job {
            route,
            encoder,
            raster,
            to: &address,
            socket: socket.as_ref().map(|socket| socket.path.as_path()),
            timecode: &Timecode::at(opening.show_us, route.rate).to_string(),
            h264: encoder_for(raster, opening),
        };
        let mut command = Command::new("ffmpeg");
        command.args(job.arguments()).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        // Ctrl-C at the terminal is for the program, which then ends its encoders in order.
        command.process_group(0);
        let mut child = command.spawn().map_err(|error| fault(&error))?;

        let (over, stalled) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let to = file.as_ref().map_or_else(|| encoder.public(), |path| path.display().to_string());
        let (complaint, ended) = listen(&mut child, (address.clone(), to.clone()));
        let (pid, stdin) = (child.id(), child.stdin.take());
        let child = Arc::new(Mutex::new(child));
        let line = Arc::clone(&opening.line);
        {
            let (line, child, over, stalled) =
                (Arc::clone(&line), Arc::clone(&child), Arc::clone(&over), Arc::clone(&stalled));
            thread::spawn(move || watch(&line, &child, stall, &over, &stalled));
        }
        if let Some(socket) = &socket {
            let delay = i64::from(route.audio_delay_ms) * i64::from(SAMPLE_RATE) / 1000;
            let first = i64::try_from(sample_of(route.rate, opening.first)).unwrap_or(0);
            if let Err(error) = socket.feed(Arc::clone(&line), Arc::clone(&over), first, delay) {
                over.store(true, Ordering::Release);
                line.tell();
                let mut child = lock(&child);
                // It has nothing to live for.
                let _ = child.kill();
                let _ = child.wait();
                return Err(fault(&error));
            }
        }
        Ok(Box::new(Self {
            name,
            to,
            address,
            file,
            stall,
            pid,
            child,
            stdin,
            complaint,
            ended,
            over,
            stalled,
            line,
            socket,
        }))
    }

    /// Ends it if it does not end by itself, and gives how it ended.
    fn end(&mut self, within: Duration) -> Option<std::process::ExitStatus> {
        self.stdin = None;
        let in_time = self.ended.recv_timeout(within).is_ok() || self.has_ended();
        let mut child = lock(&self.child);
        if !in_time {
            // It has had its time.
            let _ = child.kill();
        }
        child.wait().ok()
    }

    fn has_ended(&self) -> bool {
        lock(&self.child).try_wait().is_ok_and(|status| status.is_some())
    }

    /// Its own last words, without what is secret.
    fn said(&self) -> String {
        let lines: Vec<String> = lock(&self.complaint).iter().cloned().collect();
        lines.join(" · ").replace(&self.address, &self.to)
    }

    fn fault(&self, status: Option<std::process::ExitStatus>) -> SinkFault {
        let (name, to, said) = (self.name.clone(), self.to.clone(), self.said());
        if self.stalled.load(Ordering::Acquire) {
            return SinkFault::Stalled { name, to, seconds: self.stall.as_secs() };
        }
        if let (Some(file), true) = (&self.file, is_full(&said, None)) {
            return SinkFault::Full { name, to, free: room::free(file) };
        }
        let how = status.map_or_else(String::new, |status| status.to_string());
        SinkFault::Ended { name, to, said: if said.is_empty() { how } else { said } }
    }
}

impl Outlet for Ffmpeg {
    fn write(&mut self, slot: &Slot) -> io::Result<()> {
        self.stdin.as_mut().map_or_else(|| Err(io::ErrorKind::BrokenPipe.into()), |stdin| stdin.write_all(&slot.pixels))
    }

    fn finish(mut self: Box<Self>) -> Result<(), SinkFault> {
        let status = self.end(FINISH);
        if status.is_some_and(|status| status.success()) { Ok(()) } else { Err(self.fault(status)) }
    }

    fn failed(mut self: Box<Self>, error: io::Error) -> SinkFault {
        if error.kind() == io::ErrorKind::TimedOut {
            self.end(Duration::ZERO);
            return SinkFault::Behind { name: self.name.clone() };
        }
        let status = self.end(LAST_WORDS);
        self.fault(status)
    }

    fn may_skip(&self) -> bool {
        self.socket.is_none()
    }

    fn facts(&self) -> (Option<u32>, Option<PathBuf>) {
        (Some(self.pid), self.file.clone())
    }
}

impl Drop for Ffmpeg {
    fn drop(&mut self) {
        {
            // Under the lock: whoever waits on the line has either seen it or will be woken.
            let _held = self.line.lock();
            self.over.store(true, Ordering::Release);
        }
        self.line.tell();
        if !self.has_ended() {
            self.end(Duration::ZERO);
        }
        if let Some(socket) = &self.socket {
            socket.release();
        }
        if let Some(file) = &self.file {
            room::release(file);
        }
    }
}

/// The graphics card's encoder, where it takes such a picture and has not just failed to begin: what a card can encode at
/// once, and how wide, is its own affair; libx264 takes anything.
fn encoder_for(raster: (u32, u32), opening: &Opening) -> encoders::H264 {
    const WIDEST: u32 = 4096;
    let is_fit = raster.0 <= WIDEST && raster.1 <= WIDEST && opening.restarts == 0;
    if is_fit { encoders::h264() } else { encoders::SOFTWARE }
}

/// Reads its standard error to the end and keeps the last lines.
fn listen(child: &mut Child, (address, to): (String, String)) -> (Arc<Mutex<VecDeque<String>>>, Receiver<()>) {
    let complaint = Arc::new(Mutex::new(VecDeque::new()));
    let (alive, ended) = bounded(1);
    let (stderr, kept) = (child.stderr.take(), Arc::clone(&complaint));
    thread::spawn(move || {
        for line in stderr.into_iter().flat_map(|stderr| BufReader::new(stderr).split(b'\n')).map_while(Result::ok) {
            let mut kept = lock(&kept);
            if kept.len() == LINES {
                kept.pop_front();
            }
            // What is secret goes before anything is cut.
            let line = String::from_utf8_lossy(&line).replace(&address, &to);
            kept.push_back(line.trim().chars().take(300).collect());
        }
        // Nobody may be waiting for it any more.
        let _ = alive.send(());
    });
    (complaint, ended)
}

/// Ends a child that has been given a frame and does not take it.
fn watch(line: &Line, child: &Mutex<Child>, stall: Duration, over: &AtomicBool, stalled: &AtomicBool) {
    let longest = stall.min(LOOK);
    while !over.load(Ordering::Acquire) {
        if line.watch(over, longest).is_some_and(|since| since.elapsed() > stall) {
            stalled.store(true, Ordering::Release);
            // It may have died by itself just now.
            let _ = lock(child).kill();
            return;
        }
    }
}

/// The socket that ffmpeg fetches the sound from, in a folder that nobody else may enter.
struct Socket {
    folder: PathBuf,
    path: PathBuf,
}

impl Socket {
    fn new() -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("leitai-sound-{}-{number}", std::process::id()));
        DirBuilder::new().mode(0o700).create(&folder)?;
        Ok(Self { path: folder.join("pcm"), folder })
    }

    /// Begins to listen, and gives whoever calls all samples from `at` on.
    fn feed(&self, line: Arc<Line>, over: Arc<AtomicBool>, at: i64, delay: i64) -> io::Result<()> {
        let listener = UnixListener::bind(&self.path)?;
        thread::spawn(move || {
            let Ok((mut ffmpeg, _)) = listener.accept() else { return };
            let mut at = at;
            while let Some((range, bytes)) = line.sound(at, delay, &over) {
                // Without its encoder nobody hears it.
                if ffmpeg.write_all(&bytes).is_err() {
                    return;
                }
                at = range.end;
            }
        });
        Ok(())
    }

    /// Lets go whoever still waits for a call.
    fn release(&self) {
        // Nobody waits where the encoder has called.
        let _ = UnixStream::connect(&self.path);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Left behind, it is an empty folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
