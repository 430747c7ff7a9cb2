//! A shim that cannot name the types is left out; the file is compiled all the same.
//# function: process fn() -> f32
//# refused: inner::take rustc cannot export it

pub mod inner {
    #![allow(private_interfaces)]
    struct Secret(f32);

    pub fn take(secret: Secret) -> f32 {
        secret.0
    }

    pub fn given() -> f32 {
        take(Secret(1.0))
    }
}

pub fn process() -> f32 {
    inner::given()
}
