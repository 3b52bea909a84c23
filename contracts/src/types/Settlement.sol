// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One shard being paid: everything Vault has to move, in one call.
struct Settlement {
    /// @dev Whose escrow pays.
    bytes32 taskId;
    address provider;
    /// @dev The account that sent the response: the provider itself or one of its operators.
    address worker;
    uint256 price;
    /// @dev Gets `refund` from the same escrow (maxPrice − price).
    address client;
    uint256 refund;
    /// @dev Part of the pool's hold that this response ends.
    uint256 held;
    /// @dev What becomes a tail. Beyond `held` it must pass the limits of a new lock.
    uint256 bond;
    /// @dev The least own stake that the task asks of its provider.
    uint256 minOwnStake;
}
