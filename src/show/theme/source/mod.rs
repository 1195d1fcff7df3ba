//! A theme from its texts: parts of a theme and the themes it extends are laid over one another, once for each class.

mod print;
mod tree;
mod units;

use std::collections::BTreeMap;

use ron::error::SpannedError;
use serde::de::DeserializeOwned;

use super::{Fault, Look, Theme};
use crate::show::{frame::Class, told::Clause};
pub use tree::At;
use tree::{Node, TreeFault, scan};

/// Fields of a theme file that are not a look's.
pub const HEAD: [&str; 7] = ["name", "extends", "parts", "wall", "tv", "stream", "confidence"];

/// What one file says of itself, before anything is merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub name: Option<String>,
    /// The theme that this one stands on.
    pub extends: Option<(String, At)>,
    /// Further files of the same folder, laid over this one in order.
    pub parts: Vec<(String, At)>,
}

/// Why texts are no theme. Files are indices into what was given.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceFault {
    /// RON's own reader refuses it.
    Ron {
        at: At,
        error: ron::Error,
    },
    Deep {
        at: At,
    },
    Twice {
        at: At,
        field: String,
    },
    Shape {
        at: At,
    },
    Unit {
        at: At,
        what: Clause,
        instead: Clause,
    },
    /// Readable, but out of its range.
    Range(Vec<(At, Fault)>),
}

/// A theme, and where each of its values was written.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub theme: Theme,
    pub places: Places,
}

/// Where values were written, by class.
#[derive(Clone, Debug)]
pub struct Places(BTreeMap<Class, Node>);

impl Places {
    /// Of `path` (`palette.ink`, `layout.card.text`) in a class's look; of what it lies in where it has no place itself.
    pub fn of(&self, class: Class, path: &str) -> At {
        self.0.get(&class).map_or(At::default(), |tree| written(tree, path))
    }
}

/// Where the value at `path` was written, or what it lies in.
fn written(tree: &Node, path: &str) -> At {
    let mut path = path;
    loop {
        if let Some(node) = tree.at_path(path) {
            return node.at;
        }
        match path.rsplit_once('.') {
            Some((outer, _)) => path = outer,
            None => return tree.at,
        }
    }
}

/// Reads what a file says of itself.
///
/// # Errors
/// Where it is no RON, or no theme file at all.
pub fn head(text: &str, file: usize) -> Result<Head, SourceFault> {
    let mut tree = read(text, file)?;
    let mut word = |key: &str| {
        tree.take(key)
            .map(|entry| (value::<String>(&entry.node), entry.node.at))
            .map(|(read, at)| read.map(|v| (v, at)))
    };
    let name = word("name").transpose()?.map(|name| name.0);
    let extends = word("extends").transpose()?;
    let parts = match tree.take("parts") {
        Some(entry) => value::<Vec<String>>(&entry.node)?.into_iter().map(|part| (part, entry.node.at)).collect(),
        None => Vec::new(),
    };
    Ok(Head { name, extends, parts })
}

/// Lays the texts over one another, the first lowest, and reads the theme.
///
/// # Errors
/// The first text that cannot be read, or everything that is out of its range.
pub fn compile(texts: &[&str]) -> Result<Compiled, SourceFault> {
    let mut common = Node::empty(At::default());
    let mut classes: BTreeMap<Class, Node> = BTreeMap::new();
    let mut name = String::new();
    for (file, text) in texts.iter().enumerate() {
        let mut tree = read(text, file)?;
        if let Some(entry) = tree.take("name") {
            name = value(&entry.node)?;
        }
        tree.take("extends");
        tree.take("parts");
        for class in Class::ALL {
            if let Some(entry) = tree.take(class.name()) {
                classes.entry(class).or_insert_with(|| Node::empty(entry.node.at)).lay(entry.node);
            }
        }
        common.lay(tree);
    }
    let tv = classes.get(&Class::Tv).cloned();
    let mut looks = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut faults = Vec::new();
    // The programme's class first: what is wrong with all of them is told of it.
    for class in [Class::Tv, Class::Wall, Class::Stream, Class::Confidence] {
        let mut tree = common.clone();
        // The second screen begins with what the broadcast's has.
        if let (Class::Confidence, Some(tv)) = (class, &tv) {
            tree.lay(tv.clone());
        }
        if let Some(over) = classes.remove(&class) {
            tree.lay(over);
        }
        units::resolve(&mut tree, class.canvas()).map_err(|fault| SourceFault::Unit {
            at: fault.at,
            what: fault.what,
            instead: fault.instead,
        })?;
        let mut look: Box<Look> = value(&tree)?;
        for fault in look.validate(class) {
            let at = written(&tree, &fault.path);
            if !faults.iter().any(|(place, other): &(At, Fault)| *place == at && other.path == fault.path) {
                faults.push((at, fault));
            }
        }
        if look.flags.reduced_motion {
            look.motion = look.motion.reduced();
        }
        places.insert(class, tree);
        looks.insert(class, look);
    }
    if !faults.is_empty() {
        return Err(SourceFault::Range(faults));
    }
    let mut look = |class: Class| looks.remove(&class).ok_or(SourceFault::Shape { at: At::default() });
    let (wall, tv) = (look(Class::Wall)?, look(Class::Tv)?);
    let (stream, confidence) = (look(Class::Stream)?, look(Class::Confidence)?);
    Ok(Compiled { theme: Theme { name, wall, tv, stream, confidence }, places: Places(places) })
}

/// One text as a tree, once RON has found it well formed.
fn read(text: &str, file: usize) -> Result<Node, SourceFault> {
    if let Err(error) = ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str::<serde::de::IgnoredAny>(text)
    {
        return Err(ron_fault(&error, |line, column| At { file, line, column }));
    }
    scan(text, file).map_err(|fault| match fault {
        TreeFault::Deep(at) => SourceFault::Deep { at },
        TreeFault::Twice(at, field) => SourceFault::Twice { at, field },
        TreeFault::Shape(at) => SourceFault::Shape { at },
    })
}

/// A tree read as a value, faults traced to where they were written.
fn value<T: DeserializeOwned>(node: &Node) -> Result<T, SourceFault> {
    let printed = print::print(node).finished();
    ron::from_str(&printed.text).map_err(|error| ron_fault(&error, |line, column| printed.trace(line, column)))
}

/// A text that ends too early is at fault at its end, all else where it begins.
fn ron_fault(error: &SpannedError, trace: impl Fn(usize, usize) -> At) -> SourceFault {
    let at = if error.code == ron::Error::Eof { &error.span.end } else { &error.span.start };
    SourceFault::Ron { at: trace(at.line, at.col), error: error.code.clone() }
}

#[cfg(test)]
pub(crate) mod shipped;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_themes_read_and_share_their_layouts() {
        let [qingkong, zhujin, subai] = ["qingkong", "zhujin", "subai"].map(shipped::theme);
        assert_eq!((qingkong.name.as_str(), zhujin.name.as_str(), subai.name.as_str()), ("晴空", "朱金", "素白"));
        for class in Class::ALL {
            assert_eq!(qingkong.of(class).layout.canvas, class.canvas());
            assert_ne!(qingkong.of(class).palette, zhujin.of(class).palette);
            assert_ne!(qingkong.of(class).palette, subai.of(class).palette);
        }
    }

    #[test]
    fn faults_are_told_where_they_were_written() {
        let mut texts = shipped::texts("qingkong");
        texts.push("(\n  palette: (\n    inkk: \"#FFFFFF\",\n  ),\n)");
        let Err(SourceFault::Ron { at, error }) = compile(&texts) else { panic!() };
        assert_eq!((at.file, at.line), (texts.len() - 1, 3));
        assert!(matches!(error, ron::Error::NoSuchStructField { .. }), "{error:?}");

        texts.pop();
        texts.push("(stream: (\n  typography: (stem: (ladder: [(20, 26)])),\n))");
        let Err(SourceFault::Range(faults)) = compile(&texts) else { panic!() };
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!((faults[0].0.line, faults[0].1.path.as_str()), (2, "typography.stem.ladder"));
    }

    #[test]
    fn a_head_names_what_a_theme_stands_on() {
        let head = head("(name: \"x\", extends: \"qingkong\", parts: [\"a.ron\"])", 0).unwrap();
        assert_eq!(head.name.as_deref(), Some("x"));
        assert_eq!(head.extends.unwrap().0, "qingkong");
        assert_eq!(head.parts[0].0, "a.ron");
    }
}
