//! Motion tokens of the tables: standings, tie, weighted total, advance.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ms;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TabMotion {
    pub row_in: Ms,
    /// A tie is told in steps: bracket, key cells, chip; then the places settle.
    pub tie_bracket: Ms,
    pub tie_cells: Ms,
    pub tie_chip: Ms,
    pub tie_settle: Ms,
    /// Rows that change places.
    pub row_move: Ms,
    /// A corrected figure on its way from old to new.
    pub mend: Ms,
    /// A weighted total: its zero to the first figure; within a part score, percent, product; part to part; the last
    /// product to the close, the close to the result, the result to the place.
    pub total_delay: Ms,
    pub total_part: (Ms, Ms),
    pub total_pitch: Ms,
    pub total_close: Ms,
    pub total_result: Ms,
    pub total_rank: Ms,
    /// A banner: from the ring down, when and how long; its name.
    pub banner_delay: Ms,
    pub banner: Ms,
    pub banner_name: Ms,
    pub banner_disc_from: f32,
}
