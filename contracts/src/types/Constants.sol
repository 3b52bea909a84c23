// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a deployment of Market fixes for good; periods in seconds, sizes in bytes.
struct Constants {
    /// @dev A commitment opens when it is at least this old, and never in the block that holds it.
    uint256 commitmentAge;
    /// @dev The shortest phase that a task may have.
    uint256 leastPeriod;
    /// @dev How long a cancelled First Response task still accepts responses.
    uint256 cancelNotice;
    /// @dev From publishing to the task's end.
    uint256 maxLife;
    uint256 maxMetadata;
    uint256 maxPreview;
    uint256 maxLocator;
    /// @dev Outputs up to this size ride in `respond`; larger ones are named by a locator.
    uint256 maxInlineOutput;
    /// @dev Of one shard.
    uint256 maxOutput;
    /// @dev Input buffers of a kernel.
    uint256 maxInputs;
    /// @dev Gas that a verifier gets.
    uint256 verifierGas;
}
