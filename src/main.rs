//! The program: everything is in the library, so that tests link it too.

fn main() -> std::process::ExitCode {
    leitai::cli::main()
}
