//! Why a film is not shown: its slate stands in its place, and the operator reads this.

use crate::show::told::told;

/// `film` is the file as the show names it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    #[error("The clip {film} names no file: the scoring system must send a path or an address with it.")]
    Nameless { film: String },
    #[error("{film} is in none of the film folders ({folders}). Put it there; its slate is shown until then.")]
    Missing { film: String, folders: String },
    #[error(
        "{url} is an address, and films are played from this machine only. Save it as {film} in one of the film folders \
         ({folders})."
    )]
    Address { url: String, film: String, folders: String },
    #[error(
        "{film} leads out of the film folders: name it relative to one of them, without \"..\" or links to elsewhere."
    )]
    Outside { film: String },
    #[error("{film} is no regular file but a folder, a pipe or a device. Put the film itself there.")]
    NoFile { film: String },
    #[error("{film} cannot be read ({reason}). Check the file and its permissions.")]
    Read { film: String, reason: String },
    #[error("{film} has {bytes} bytes, at most {most} are taken. Encode it smaller.")]
    Huge { film: String, bytes: u64, most: u64 },
    #[error("The scoring system sent \"{digest}\" as the SHA-256 of {film}: 64 hexadecimal digits are wanted.")]
    NoDigest { film: String, digest: String },
    #[error(
        "{film} is not the film that was cued: its SHA-256 is {found}, {cued} was announced. Put the right file there."
    )]
    Digest { film: String, found: String, cued: String },
    #[error(
        "ffmpeg does not run ({reason}): without it no film is shown. Install ffmpeg; `leitai doctor` looks for it."
    )]
    NoFfmpeg { reason: String },
    #[error("{film} is no film that can be read ({reason}). Save it as H.264, HEVC, ProRes or VP9, or as PNG or JPEG.")]
    Foreign { film: String, reason: String },
    #[error("{film} holds no picture. Check that it is the right file.")]
    NoPicture { film: String },
    #[error("{film} is {width}×{height} px large, at most {most} on a side are taken. Encode it smaller.")]
    Large { film: String, width: u32, height: u32, most: u32 },
    #[error("{film} is longer than {seconds} s. Cut it.")]
    Long { film: String, seconds: i64 },
    #[error(
        "{film} was not read to its end within {seconds} s: it is endless, or its disk too slow. Copy or encode it anew."
    )]
    Endless { film: String, seconds: u64 },
    #[error("{film} is broken or cut off at {at} ({reason}). Copy or encode it anew.")]
    Broken { film: String, at: String, reason: String },
    #[error("{film}: its sound cannot be read ({reason}). It is shown without sound; encode the sound anew.")]
    Sound { film: String, reason: String },
    #[error("{film}: the decoder stopped at {at} ({reason}) and is started anew. The last picture stands meanwhile.")]
    Decoder { film: String, at: String, reason: String },
    #[error("{film}: its picture at {at} was not decoded ({reason}). Its place stays empty.")]
    Picture { film: String, at: String, reason: String },
}

told!(MediaError {
    Nameless { film } => "media-nameless",
    Missing { film, folders } => "media-missing",
    Address { url, film, folders } => "media-address",
    Outside { film } => "media-outside",
    NoFile { film } => "media-no-file",
    Read { film, reason } => "media-read",
    Huge { film, bytes, most } => "media-huge",
    NoDigest { film, digest } => "media-no-digest",
    Digest { film, found, cued } => "media-digest",
    NoFfmpeg { reason } => "media-no-ffmpeg",
    Foreign { film, reason } => "media-foreign",
    NoPicture { film } => "media-no-picture",
    Large { film, width, height, most } => "media-large",
    Long { film, seconds } => "media-long",
    Endless { film, seconds } => "media-endless",
    Broken { film, at, reason } => "media-broken",
    Sound { film, reason } => "media-sound",
    Decoder { film, at, reason } => "media-decoder",
    Picture { film, at, reason } => "media-picture",
});

/// A place in a film as people write it: m:ss.mmm.
pub fn place(us: i64) -> String {
    let ms = us.max(0) / 1_000;
    format!("{}:{:02}.{:03}", ms / 60_000, ms / 1_000 % 60, ms % 1_000)
}
