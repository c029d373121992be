//! The library finds what it was linked to beside itself, whichever dynamic loader Godot was started by.
fn main() {
    println!("cargo:rustc-link-arg=-Wl,-rpath,$ORIGIN");
}
