// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Proof, Verdict } from "../types/Proof.sol";
import { Task, Work } from "../types/Task.sol";

/// @title Fraud proof
/// @notice Proves one element of one output wrong, or reverts. It keeps no state and has no authority.
/// @dev Only a proven difference returns. A missing word, a wrong path, a failing kernel, too little gas: each reverts the
/// transaction, so that nothing that anybody sends can make a right element look wrong.
interface IFraudProof {
    event KernelDeployed(bytes32 indexed codeHash, address kernel);

    error NotProvable();
    error KernelMismatch(address kernel, bytes32 expected, bytes32 actual);
    error KernelNotDeployed(uint256 codeBytes);
    error ElementOutOfRange(uint256 id, uint256 count);
    error WordOutOfRange(uint256 word, uint256 wordsPerElement);
    error LeafSizeMismatch(uint256 given, uint256 expected);
    error PathMismatch(uint256 given, uint256 used);
    error CommittedRootMismatch(bytes32 expected, bytes32 computed);
    error WindowOutOfOrder(uint256 window);
    error WindowOutOfRange(uint256 window, uint256 end, uint256 leaves);
    error DataSizeMismatch(uint256 given, uint256 expected);
    error SiblingsMismatch(uint256 given, uint256 used);
    error InputRootMismatch(uint256 buffer, bytes32 expected, bytes32 computed);
    error KernelFailed(address kernel);
    error KernelSizeMismatch(uint256 given, uint256 expected);
    error KernelWordTooLarge(uint256 value);
    error NotDifferent(uint256 word);

    /// @notice Returns only if word `proof.word` of element `proof.id` under `outputRoot` (the output of the element's shard)
    /// is not what the task's element code computes from its inputs.
    /// @dev The arguments are those of `IMarket.challenge`, whose calldata travels on as it is; provider and price are not
    /// read. The caller vouches that `work` is the task's and `outputRoot` the response's.
    function prove(
        Task calldata task,
        Work calldata work,
        address provider,
        bytes32 outputRoot,
        uint256 price,
        Proof calldata proof
    ) external returns (Verdict memory verdict);

    /// @notice Puts element code on chain, once; its address depends on the code alone.
    function deployKernel(bytes calldata code) external returns (address kernel);

    /// @notice Where `deployKernel` puts `code`.
    function kernelAddress(bytes calldata code) external view returns (address kernel);
}
