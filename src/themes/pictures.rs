//! Every picture that a theme names must lie in its folder: found by reading the text, so that its place can be told.

use std::path::Path;

use super::ThemeError;

const KINDS: [&str; 3] = [".png", ".jpg", ".jpeg"];

/// A string of the theme that names a picture, and where it stands (from 1).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub picture: &'a str,
    pub line: usize,
    pub column: usize,
}

pub(super) fn check(text: &str, file: &Path) -> Result<(), ThemeError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    match named(text).into_iter().find(|named| !folder.join(named.picture).is_file()) {
        None => Ok(()),
        Some(Named { picture, line, column }) => Err(ThemeError::Picture {
            file: file.to_owned(),
            line,
            column,
            picture: picture.to_owned(),
            folder: folder.to_owned(),
        }),
    }
}

/// All of them in order; comments do not count.
pub(super) fn named(text: &str) -> Vec<Named<'_>> {
    let mut found = vec![];
    let mut rest = text;
    let (mut line, mut column) = (1, 1);
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            let end = string_end(rest);
            let inner = rest.get(1..end.saturating_sub(1)).unwrap_or("");
            if KINDS.iter().any(|kind| inner.to_ascii_lowercase().ends_with(kind)) {
                found.push(Named { picture: inner, line, column });
            }
            end
        } else {
            first.len_utf8()
        };
        let (passed, ahead) = rest.split_at(length);
        for character in passed.chars() {
            (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        rest = ahead;
    }
    found
}

/// The byte after the closing quote of the string that `text` begins with.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (i, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_found_with_their_place_and_comments_are_not() {
        let text = "( // \"no.png\"\n  mark: \"台标.png\", /* \"nor.jpg\" */ name: \"a \\\" b\",\n  sky: \"sky.JPG\")";
        assert_eq!(
            named(text),
            [Named { picture: "台标.png", line: 2, column: 9 }, Named { picture: "sky.JPG", line: 3, column: 8 }]
        );
    }

    #[test]
    fn a_picture_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("theme.ron");
        let error = check("(\n  mark: \"mark.png\",\n)", &file).unwrap_err();
        assert!(error.to_string().contains("theme.ron:2:9: the picture \"mark.png\" is not in"), "{error}");
        std::fs::write(folder.path().join("mark.png"), b"").unwrap();
        assert_eq!(check("(\n  mark: \"mark.png\",\n)", &file), Ok(()));
    }
}
