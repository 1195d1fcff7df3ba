//! What a tape lies on: the machine's disk, or one that a test makes fail.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::Arc,
};

use crate::{bounded, show::limits::TAPE_BYTES};

/// Where tapes lie. A simulation brings a disk that fills up and a power that fails.
pub(crate) trait Disk: fmt::Debug + Send + Sync {
    fn exists(&self, path: &Path) -> bool;
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// A new, empty file in a folder that is made where it is missing. Never one that is there already.
    fn create(&self, path: &Path) -> io::Result<Arc<dyn Medium>>;
    /// A file that is there, to be gone on with.
    fn open(&self, path: &Path) -> io::Result<Opened>;
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// A file that is gone on with.
pub(crate) struct Opened {
    pub medium: Arc<dyn Medium>,
    pub len: u64,
    /// Its last line has no end.
    pub torn: bool,
}

/// The machine's own disk.
#[derive(Debug)]
pub(crate) struct Files;

impl Disk for Files {
    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // A pipe may bring a tape, too.
        bounded::within(File::open(path)?, fs::metadata(path)?.len(), TAPE_BYTES)
    }

    fn create(&self, path: &Path) -> io::Result<Arc<dyn Medium>> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        Ok(Arc::new(OpenOptions::new().append(true).create_new(true).open(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Opened> {
        let mut file = OpenOptions::new().read(true).append(true).open(path)?;
        let (torn, len) = (ends_torn(&mut file)?, file.metadata()?.len());
        Ok(Opened { medium: Arc::new(file), len, torn })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// What a tape is written on; a disk that fills up is one that fails half way.
pub(crate) trait Medium: fmt::Debug + Send + Sync {
    /// Writes all of it at the end. On an error some of it may be there.
    fn append(&self, bytes: &[u8]) -> io::Result<()>;
    /// Takes back what lies behind `len` bytes.
    fn cut(&self, len: u64) -> io::Result<()>;
    fn sync(&self) -> io::Result<()>;
}

impl Medium for File {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = self;
        file.write_all(bytes)
    }

    fn cut(&self, len: u64) -> io::Result<()> {
        self.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}

fn ends_torn(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// A disk of little room, for tests.
#[cfg(test)]
pub(crate) mod small {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use super::*;

    #[derive(Debug)]
    pub(crate) struct SmallDisk {
        file: File,
        /// Bytes that still find room.
        pub room: AtomicUsize,
        /// Whether what is written can be taken back.
        pub cuts: AtomicBool,
    }

    impl SmallDisk {
        pub fn at(path: &Path) -> Arc<Self> {
            let file = OpenOptions::new().append(true).create(true).open(path).unwrap();
            Arc::new(Self { file, room: AtomicUsize::new(usize::MAX), cuts: AtomicBool::new(true) })
        }

        pub fn len(&self) -> u64 {
            self.file.metadata().unwrap().len()
        }
    }

    impl Medium for SmallDisk {
        fn append(&self, bytes: &[u8]) -> io::Result<()> {
            let fits = bytes.len().min(self.room.load(Ordering::SeqCst));
            self.room.fetch_sub(fits, Ordering::SeqCst);
            self.file.append(&bytes[..fits])?;
            if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }

        fn cut(&self, len: u64) -> io::Result<()> {
            if self.cuts.load(Ordering::SeqCst) { self.file.cut(len) } else { Err(io::ErrorKind::Other.into()) }
        }

        fn sync(&self) -> io::Result<()> {
            self.file.sync()
        }
    }
}
