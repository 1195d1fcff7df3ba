//! Promise: what is linked may be shipped: its licences, its sources, and nothing that is banned. (Known vulnerabilities
//! need a database from the network: `make audit`, which says where it could not look.)

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap()
}

/// The quoted words of a list in `.deny.toml`, those of its remarks left out.
fn listed(name: &str) -> Vec<String> {
    let rules = read(".deny.toml");
    let (_, list) = rules.split_once(&format!("\n{name} = [\n")).expect("the list is there");
    let (list, _) = list.split_once("\n]").expect("the list ends");
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default());
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// Every package that is linked here or builds it, as cargo knows them; all of it lies here since it was built.
fn packages() -> Vec<Value> {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", &platform])
        .current_dir(ROOT)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 100, "{} packages", packages.len());
    packages
}

/// A licence expression (SPDX, `/` for OR as it once was), read from left to right.
struct Licence<'a> {
    words: Vec<&'a str>,
    allowed: &'a [String],
}

impl<'a> Licence<'a> {
    fn is_allowed(text: &'a str, allowed: &'a [String]) -> bool {
        let mut words = vec![];
        for piece in text.split_whitespace() {
            let mut rest = piece;
            while let Some(at) = rest.find(['(', ')', '/']) {
                words.extend([&rest[..at], &rest[at..=at]]);
                rest = &rest[at + 1..];
            }
            words.push(rest);
        }
        words.retain(|word| !word.is_empty());
        words.reverse();
        let mut licence = Self { words, allowed };
        let is = licence.either();
        assert!(licence.words.is_empty(), "{text} cannot be read");
        is
    }

    fn takes(&mut self, wanted: &[&str]) -> bool {
        let is = self.words.last().is_some_and(|word| wanted.contains(word));
        if is {
            self.words.pop();
        }
        is
    }

    fn either(&mut self) -> bool {
        let mut is = self.both();
        while self.takes(&["OR", "/"]) {
            is |= self.both();
        }
        is
    }

    fn both(&mut self) -> bool {
        let mut is = self.one();
        while self.takes(&["AND"]) {
            is &= self.one();
        }
        is
    }

    fn one(&mut self) -> bool {
        if self.takes(&["("]) {
            let is = self.either();
            assert!(self.takes(&[")"]), "a bracket is open");
            return is;
        }
        let name = self.words.pop().expect("a licence").to_owned();
        let name = if self.takes(&["WITH"]) { format!("{name} WITH {}", self.words.pop().unwrap()) } else { name };
        self.allowed.contains(&name)
    }
}

#[test]
fn licences_are_read_as_they_are_meant() {
    let allowed = ["MIT".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()];
    for (text, is) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-2.0/MIT", true),
        ("Apache-2.0 / MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", false),
        ("(MIT OR Apache-2.0) AND (GPL-3.0-only OR MIT)", true),
        ("Apache-2.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
    ] {
        assert_eq!(Licence::is_allowed(text, &allowed), is, "{text}");
    }
}

#[test]
fn what_is_linked_may_be_shipped() {
    let allowed = listed("allow");
    let banned = {
        let rules = read(".deny.toml");
        let (_, list) = rules.split_once("\ndeny = [\n").unwrap();
        let list = list.split_once("\n]").unwrap().0.to_owned();
        let names = list.lines().filter_map(|line| Some(line.split_once("name = \"")?.1.split_once('"')?.0.to_owned()));
        names.collect::<Vec<String>>()
    };
    assert!(allowed.contains(&"MIT".to_owned()) && banned.contains(&"openssl".to_owned()), "{allowed:?} {banned:?}");
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        assert!(!banned.iter().any(|banned| banned == name), "{name} is banned");
        let Some(source) = package["source"].as_str() else {
            assert_eq!(name, "leitai", "only the program itself lies here");
            let any = |need: &&Value| need["req"] == "*";
            let needs = package["dependencies"].as_array().unwrap();
            assert_eq!(needs.iter().find(any), None, "a dependency of any version");
            continue;
        };
        assert_eq!(source, CRATES_IO, "{name}");
        let licence = package["license"].as_str().unwrap_or_else(|| panic!("{name} has no licence"));
        assert!(Licence::is_allowed(licence, &allowed), "{name}: {licence}");
    }
    // Of other platforms, too: each comes from one place, and is what it was.
    let lock = read("Cargo.lock");
    let locked: Vec<&str> = lock.split("[[package]]\n").skip(1).collect();
    assert!(locked.len() > 100);
    for package in locked.into_iter().filter(|package| !package.starts_with("name = \"leitai\"\n")) {
        assert!(package.contains(&format!("source = \"{CRATES_IO}\"\nchecksum = \"")), "{package}");
    }
}

/// The audit's script with tools that do as they are told: whether the database is fetched, and what curl ends with.
fn audit(fetch: u8, curl: u8) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let program = |path: &Path, text: &str| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    let script: PathBuf = folder.path().join("repo/.ci/audit");
    program(&script, &read(".ci/audit"));
    let tools = folder.path().join("cache/tools/bin");
    program(
        &tools.join("cargo"),
        &format!(
            "#!/bin/sh\ncase \"$*\" in *\"fetch db\"*) echo 'the reason it gave' >&2; exit {fetch};; \
             cyclonedx*) echo {{}} >leitai.cdx.json;; esac\n"
        ),
    );
    program(&tools.join("curl"), &format!("#!/bin/sh\nexit {curl}\n"));
    for name in ["cargo-deny", "cargo-cyclonedx"] {
        program(&tools.join(name), "#!/bin/sh\n");
    }
    Command::new(&script)
        .env("CACHE", folder.path().join("cache"))
        .env("CARGO_TARGET_DIR", folder.path().join("target"))
        .env_remove("AUDIT_STRICT")
        .output()
        .unwrap()
}

#[test]
fn advisories_that_cannot_be_had_are_told_from_a_network_that_is_not_there() {
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let well = audit(0, 0);
    assert!(well.status.success() && !said(&well).contains("NOT"), "{}", said(&well));
    let away = audit(1, 6);
    assert!(away.status.success() && said(&away).contains("NOT looked for"), "{}", said(&away));
    let broken = audit(1, 0);
    assert!(!broken.status.success(), "another failure passes: {}", said(&broken));
    for output in [away, broken] {
        assert!(said(&output).contains("the reason it gave"), "{}", said(&output));
    }
}
