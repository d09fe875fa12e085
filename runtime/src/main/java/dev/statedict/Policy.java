package dev.statedict;

/**
 * Whether tensors are shared or copied: the question that PyTorch's API leaves to folklore.
 *
 * <table>
 * <caption>What a policy means, and PyTorch's way to say it</caption>
 * <tr><th></th><th>{@code stateDict}</th><th>{@code loadStateDict}</th></tr>
 * <tr><td>{@link #ALIAS}</td>
 *     <td>a live view: {@code module.state_dict()}</td>
 *     <td>the module takes the dict's tensors: {@code load_state_dict(d, assign=True)}</td></tr>
 * <tr><td>{@link #COPY}</td>
 *     <td>a snapshot: {@code copy.deepcopy(module.state_dict())}</td>
 *     <td>values are written into the module's tensors: {@code load_state_dict(d)}</td></tr>
 * </table>
 *
 * <p>The policy of the module on which a call is made governs its whole tree.
 */
public enum Policy {
    /** Storage is shared: a write on either side shows on the other. */
    ALIAS,
    /** No storage is shared with the other side; sharing among the dict's own entries is kept. */
    COPY
}
