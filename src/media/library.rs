//! The films of a show: found, verified and read through by a thread of its own, long before they go on air.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, SystemTime},
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded, never, select, tick};

use super::{
    Exact, Limits, Live, MediaError, Tools,
    cache::Cache,
    find::find,
    run::Cut,
    survey::{Fit, examine},
};
use crate::show::clip::{ClipKey, ClipSound, Clips};

/// A film that was not fit is looked at again so often: somebody may have put another file there.
const AGAIN: Duration = Duration::from_secs(2);

/// A film that the show cues.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Want {
    /// As the show names it.
    pub id: String,
    pub path: Option<String>,
    pub url: Option<String>,
    pub sha256: String,
}

impl Want {
    /// What people call it.
    pub fn name(&self) -> String {
        self.path.clone().or_else(|| self.url.clone()).unwrap_or_else(|| self.id.clone())
    }
}

/// Where films are, and what they are read with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub folders: Vec<PathBuf>,
    pub tools: Tools,
    pub limits: Limits,
    /// Where what was read of films is kept; nowhere by default.
    pub cache: Cache,
}

impl Options {
    /// Films of these folders, first one first, and the user's own cache.
    pub fn of(folders: Vec<PathBuf>) -> Self {
        Self { folders, cache: Cache::of_user(), ..Self::default() }
    }
}

/// What is known by now.
#[derive(Default)]
struct Known {
    wants: Vec<Want>,
    /// Counts changes of `wants`, and up to which of them all has been examined.
    asked: u64,
    done: u64,
    clips: Arc<Clips>,
    sounds: BTreeMap<ClipKey, ClipSound>,
    problems: Vec<MediaError>,
}

struct Shared {
    known: Mutex<Known>,
    changed: Condvar,
    live: Arc<Live>,
    exact: Arc<Exact>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The library. Its thread and all decoders end when it is let go.
pub struct Library {
    shared: Arc<Shared>,
    wake: Sender<()>,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Library {
    pub fn start(options: Options) -> Self {
        let (wake, woken) = bounded(1);
        let (stop, stopped) = bounded(0);
        let shared = Arc::new(Shared {
            known: Mutex::default(),
            changed: Condvar::new(),
            live: Arc::new(Live::new(options.tools.clone())),
            exact: Arc::new(Exact::new(options.tools.clone())),
        });
        let librarian = Librarian { options, shared: Arc::clone(&shared), woken, stopped, examined: BTreeMap::new() };
        let thread = thread::spawn(move || librarian.run());
        Self { shared, wake, stop: Some(stop), thread: Some(thread) }
    }

    /// These films are wanted from now on, the most urgent first; all others are let go. Returns at once.
    pub fn want(&self, wants: Vec<Want>) {
        let mut known = self.shared.lock();
        if known.wants == wants {
            return;
        }
        known.wants = wants;
        known.asked += 1;
        drop(known);
        let (Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(()))) = self.wake.try_send(());
    }

    /// Waits until all that was wanted has been examined, as stills and exports do.
    pub fn settle(&self) {
        let mut known = self.shared.lock();
        while known.done < known.asked && self.thread.as_ref().is_some_and(|thread| !thread.is_finished()) {
            let waited = self.shared.changed.wait_timeout(known, AGAIN);
            known = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The films that are fit for air; the same `Arc` until that changes.
    pub fn clips(&self) -> Arc<Clips> {
        Arc::clone(&self.shared.lock().clips)
    }

    /// Why films that are wanted are not shown, or not as they should be, now.
    pub fn problems(&self) -> Vec<MediaError> {
        let mut problems = self.shared.lock().problems.clone();
        problems.extend(self.shared.live.faults());
        problems
    }

    /// The sound of a film that is fit for air; none where it has none.
    pub fn sound(&self, key: &ClipKey) -> Option<ClipSound> {
        self.shared.lock().sounds.get(key).cloned()
    }

    /// The same for who does not hold the library.
    pub fn hearing(&self) -> impl Fn(&ClipKey) -> Option<ClipSound> + Send + Sync + use<> {
        let shared = Arc::clone(&self.shared);
        move |key| shared.lock().sounds.get(key).cloned()
    }

    /// All sounds, for who must not ask a lock.
    pub fn sounds(&self) -> BTreeMap<ClipKey, ClipSound> {
        self.shared.lock().sounds.clone()
    }

    /// Pictures for a show that runs: never waits.
    pub fn live(&self) -> Arc<Live> {
        Arc::clone(&self.shared.live)
    }

    /// Pictures for stills and exports: waits for the very one.
    pub fn exact(&self) -> Arc<Exact> {
        Arc::clone(&self.shared.exact)
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // It ends as soon as its child is killed; a panic in it has been told already.
            let _ = thread.join();
        }
    }
}

/// The files of a name, to tell whether somebody exchanged one.
type Seen = Vec<(PathBuf, u64, Option<SystemTime>)>;

enum Examined {
    Fit(Fit),
    Unfit(MediaError, Seen),
}

/// The thread's own.
struct Librarian {
    options: Options,
    shared: Arc<Shared>,
    woken: Receiver<()>,
    stopped: Receiver<()>,
    examined: BTreeMap<Want, Examined>,
}

impl Librarian {
    fn run(mut self) {
        loop {
            let (wants, asked) = {
                let known = self.shared.lock();
                (known.wants.clone(), known.asked)
            };
            self.examined.retain(|want, _| wants.contains(want));
            self.tell();
            let next = wants.iter().find(|want| !self.examined.contains_key(want));
            if let Some(want) = next {
                let Some(examined) = self.examine(want) else { return };
                self.examined.insert(want.clone(), examined);
                continue;
            }
            self.shared.lock().done = asked;
            self.shared.changed.notify_all();
            let unfit = self.examined.values().any(|examined| matches!(examined, Examined::Unfit(..)));
            let again = if unfit { tick(AGAIN) } else { never() };
            select! {
                recv(self.woken) -> _ => {}
                recv(self.stopped) -> _ => return,
                recv(again) -> _ => self.forget_changed(),
            }
        }
    }

    /// Films whose file was exchanged, or is there now, are examined anew.
    fn forget_changed(&mut self) {
        let folders = &self.options.folders;
        self.examined.retain(|want, examined| match examined {
            Examined::Fit(..) => true,
            Examined::Unfit(_, seen) => look(want, folders) == *seen,
        });
    }

    /// None when the program ends.
    fn examine(&self, want: &Want) -> Option<Examined> {
        let seen = look(want, &self.options.folders);
        match examine(&self.options, want, &self.stopped) {
            Ok(fit) => Some(Examined::Fit(fit)),
            Err(Cut::Failed(error)) => Some(Examined::Unfit(error, seen)),
            Err(Cut::OutOfTime | Cut::Stopped) => None,
        }
    }

    /// Tells what is known by now.
    fn tell(&self) {
        let (mut films, mut sounds, mut problems) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for examined in self.examined.values() {
            match examined {
                Examined::Fit(Fit { film, sound, fault, .. }) => {
                    films.insert(film.clip.key, Arc::clone(film));
                    sounds.extend(sound.clone().map(|sound| (film.clip.key, sound)));
                    problems.extend(fault.clone());
                }
                Examined::Unfit(error, _) => problems.push(error.clone()),
            }
        }
        self.shared.live.set_films(&films);
        self.shared.exact.set_films(&films);
        let clips = Clips(films.iter().map(|(key, film)| (*key, Arc::clone(&film.clip))).collect());
        let mut known = self.shared.lock();
        if *known.clips != clips {
            known.clips = Arc::new(clips);
        }
        (known.sounds, known.problems) = (sounds, problems);
    }
}

/// What stands in the folders under a film's name.
fn look(want: &Want, folders: &[PathBuf]) -> Seen {
    let paths = find(want, folders).unwrap_or_default();
    let seen = paths.into_iter().filter_map(|path| {
        let metadata = fs::metadata(&path).ok()?;
        Some((path, metadata.len(), metadata.modified().ok()))
    });
    seen.collect()
}
