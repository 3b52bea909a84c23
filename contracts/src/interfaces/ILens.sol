// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { PoolView } from "../types/Pool.sol";
import { Record } from "../types/Record.sol";
import { IMarket } from "./IMarket.sol";

/// @title Lens
/// @notice Batched read-only views. It has no authority and nothing depends on it.
interface ILens {
    struct ProviderView {
        address provider;
        PoolView pool;
        Record record;
        uint256 balance;
        /// @dev Wei value of the provider's own shares under no ticket.
        uint256 ownFreeValue;
        uint256 lockable;
    }

    struct TaskView {
        bytes32 taskId;
        uint256 escrow;
        uint256 openedAt;
        IMarket.TaskState state;
    }

    function providers(address[] calldata providers_) external view returns (ProviderView[] memory);
    function tasks(bytes32[] calldata taskIds) external view returns (TaskView[] memory);
    /// @notice The states of shards `from` to `from + count − 1`.
    function shards(bytes32 taskId, uint32 from, uint32 count) external view returns (IMarket.ShardState[] memory);
    function offers(bytes32 taskId, address[] calldata providers_) external view returns (IMarket.OfferState[] memory);
}
