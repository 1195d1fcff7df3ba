#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| leitai::bodies::text::run(bytes));
